/**
 * A process with two servers that send the same responses: a mock server, and connect-node with fixed responses. It first sends a
 * {@link MeteredServers} to its parent. Then it replies to each message with the CPU time that it has used, in microseconds. The figure is
 * for both servers together, so call only one of them at a time.
 */
import { createServer } from "node:http";
import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createMockServer } from "../../src/mock/index.js";
import { listen } from "../../src/mock/node/index.js";
import { listenLocally } from "./listen-locally.js";
import { members } from "./members.js";

/** The URLs of the two servers, and the caller's token. */
export interface MeteredServers {
  readonly bare: string;
  readonly mock: string;
  readonly token: string;
  readonly accountId: string;
}

async function serve(): Promise<MeteredServers> {
  // connect-node does not validate.
  const server = createMockServer({ validate: false });
  server.seed({ vydon: { accounts: [{ name: "acme", members: members(20) }] } });
  const { token } = server.vydon.signIn({ email: "user-0@example.com" });
  const accountId = server.vydon.account("acme").id;

  const client = createClient(UserAccountService, server.transport());
  const options = { headers: { authorization: `Bearer ${token}` } };
  // The mock's own responses, so that both servers send the same.
  const user = await client.getUser({}, options);
  const team = await client.getTeamAccountMembers({ accountId }, options);
  const { getUser, getTeamAccountMembers } = UserAccountService.method;
  const bare = createServer(
    connectNodeAdapter({
      routes({ rpc }) {
        rpc(getUser, () => create(getUser.output, user));
        rpc(getTeamAccountMembers, () => create(getTeamAccountMembers.output, team));
      },
    }),
  );
  return { bare: await listenLocally(bare), mock: (await listen(server)).url, token, accountId };
}

process.send?.(await serve());
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.on("disconnect", () => process.exit());
