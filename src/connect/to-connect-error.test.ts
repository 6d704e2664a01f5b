import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failureOf } from "../../test/support/promises.js";
import { createMockServer } from "../mock/index.js";
import { VydonClient } from "../vydon/index.js";
import { toConnectError } from "./index.js";

it("converts a client's error to the ConnectError of a Connect client", async () => {
  const server = createMockServer();
  const session = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient(session.connect());
  const raw = createClient(UserAccountService, server.transport());
  const headers = { authorization: `Bearer ${session.token}` };
  await client.accounts.createTeam({ name: "acme" });

  const error = await failureOf(client.accounts.createTeam({ name: "acme" }));
  const expected = ConnectError.from(await failureOf(raw.createTeamAccount({ name: "acme" }, { headers })));
  const { code, rawMessage, cause } = toConnectError(error);
  expect([code, rawMessage, cause]).toEqual([Code.AlreadyExists, expected.rawMessage, error]);
  expect(expected.code).toBe(Code.AlreadyExists);
});

it("returns other errors as ConnectError.from does", () => {
  const error = new ConnectError("no", Code.NotFound);
  expect(toConnectError(error)).toBe(error);
  expect(toConnectError(new Error("no"))).toMatchObject({ code: Code.Unknown, rawMessage: "no" });
});
