import { create } from "@bufbuild/protobuf";
import { type ConnectRouter, createClient } from "@connectrpc/connect";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createMockServer, type MockServer } from "../../src/mock/index.js";
import { members } from "./members.js";

/** A mock server with a team, and the token of one of its members. */
export interface TeamServer {
  readonly server: MockServer;
  readonly token: string;
  readonly accountId: string;
}

/** Creates a mock server with a team of twenty. */
export function withTeam(options: { validate?: boolean }): TeamServer {
  const server = createMockServer(options);
  server.seed({ vydon: { accounts: [{ name: "acme", members: members(20) }] } });
  const { token } = server.vydon.signIn({ email: "user-0@example.com" });
  return { server, token, accountId: server.vydon.account("acme").id };
}

/** Returns routes that send the same messages as the server, without any checks. */
export async function fixedRoutes({ server, token, accountId }: TeamServer) {
  const client = createClient(UserAccountService, server.transport());
  const options = { headers: { authorization: `Bearer ${token}` } };
  const user = await client.getUser({}, options);
  const team = await client.getTeamAccountMembers({ accountId }, options);
  const { getUser, getTeamAccountMembers } = UserAccountService.method;
  return ({ rpc }: ConnectRouter) => {
    rpc(getUser, () => create(getUser.output, { userId: user.userId }));
    rpc(getTeamAccountMembers, () => create(getTeamAccountMembers.output, { users: team.users }));
  };
}
