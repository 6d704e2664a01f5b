import { expect, it } from "vitest";
import { CardInfoSchema } from "../../../../gen/fam/v1/billing_pb.js";
import { InviteMemberRequestSchema } from "../../../../gen/fam/v1/member_pb.js";
import { CreatePersonalAccessTokenRequestSchema } from "../../../../gen/gitpod/v1/user_pb.js";
import { AccountUserSchema } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { PlaceholderMaker } from "./placeholder-maker.js";
import { recordMessage } from "./record-message.js";

const context = () => ({ placeholders: new PlaceholderMaker(), toTime: () => "<time>" });

it("a recorded message keeps durations, numbers, enum values and the words of the API", () => {
  const request = { userId: "u-1", description: "for CI", validFor: "3600s" };
  expect(recordMessage(CreatePersonalAccessTokenRequestSchema, request, context())).toEqual({
    userId: "<id:1>",
    description: "<text:1 like aaa AA>",
    validFor: "3600s",
  });
  expect(recordMessage(CardInfoSchema, { expYear: "2031" }, context())).toEqual({ expYear: "2031" });
  const role = { role: "ACCOUNT_ROLE_ADMIN" };
  expect(recordMessage(AccountUserSchema, role, context())).toEqual(role);
  expect(recordMessage(InviteMemberRequestSchema, { relations: ["admin", "ada"] }, context())).toEqual({
    relations: ["admin", "<text:1>"],
  });
});

it("a recorded message has the placeholder of a picture only if there is one", () => {
  for (const [image, recorded] of [
    ["https://example.com/ada.png", "<picture>"],
    ["", ""],
  ] as const) {
    expect(recordMessage(AccountUserSchema, { image }, context())).toEqual({ image: recorded });
  }
});
