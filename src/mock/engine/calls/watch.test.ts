import { createClient } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { UserAccountService } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createMockServer } from "../../server.js";

it("tells of each call once it has ended, until it is told to stop", async () => {
  const server = createMockServer();
  const client = createClient(UserAccountService, server.transport());
  const headers = { authorization: `Bearer ${server.vydon.signIn({ email: "ada@example.com" }).token}` };
  const told: string[] = [];
  const stop = server.calls.watch(({ method, response, error, durationMs }) => {
    told.push(`${method} ${error?.rawMessage ?? response?.$typeName} ${durationMs}`);
  });

  await client.getUser({}, { headers });
  await client.getUser({}).catch(() => {});
  server.faults.inject({ latencyMs: 40, times: 1 });
  await client.getUser({}, { headers });
  server.faults.inject({ code: "aborted", latencyMs: 2, times: 1 });
  await client.getUser({}, { headers }).catch(() => {});
  expect(told).toEqual([
    "GetUser mgmt.v1alpha1.GetUserResponse 0",
    "GetUser must provide valid bearer token 0",
    "GetUser mgmt.v1alpha1.GetUserResponse 40",
    "GetUser injected fault 2",
  ]);

  stop();
  await client.getUser({}, { headers });
  expect(told).toHaveLength(4);
});
