import { create } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { HasPermissionsRequestSchema } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { checkRules } from "./rules.js";

function linesFor(count: number): string[] {
  const resources = Array.from({ length: count }, () => ({ id: "" }));
  const request = create(HasPermissionsRequestSchema, {
    accountId: "11111111-1111-4111-8111-111111111111",
    resources,
  });
  try {
    checkRules(HasPermissionsRequestSchema, request, 0);
  } catch (error) {
    if (error instanceof ConnectError) return error.rawMessage.split("\n");
  }
  throw new Error("the request breaks no rule");
}

describe("checkRules", () => {
  it("reports each broken rule of a list", () => {
    expect(linesFor(1_000)).toHaveLength(1 + 1_000);
  });

  it("reports only the first broken rule of a huge list", () => {
    expect(linesFor(1_001)).toEqual([expect.stringMatching(/^validation error: resources\[0\]\.id: /)]);
  });
});
