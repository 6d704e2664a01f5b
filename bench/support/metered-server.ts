/**
 * A process that returns the same from two ports: from a mock server, and from connect-node with fixed responses. Started as a child, it
 * sends a {@link MeteredServers} first. Whenever it gets a message, it sends the CPU time that it has used, in microseconds. The ports
 * share that figure: call one at a time.
 */
import { createServer } from "node:http";
import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createMockServer } from "../../src/mock/index.js";
import { listen } from "../../src/mock/node/index.js";

/** Where to call, and as whom. */
export interface MeteredServers {
  readonly bare: string;
  readonly mock: string;
  readonly token: string;
  readonly accountId: string;
}

/** So many members for an account of a seed. */
export function members(count: number): { email: string }[] {
  return Array.from({ length: count }, (_, index) => ({ email: `user-${index}@example.com` }));
}

async function serve(): Promise<MeteredServers> {
  // connect-node does not validate.
  const server = createMockServer({ validate: false });
  server.seed({ vydon: { accounts: [{ name: "acme", members: members(20) }] } });
  const { token } = server.vydon.signIn({ email: "user-0@example.com" });
  const accountId = server.vydon.account("acme").id;

  const client = createClient(UserAccountService, server.transport());
  const options = { headers: { authorization: `Bearer ${token}` } };
  // The mock's own responses, so that both send the same.
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
  await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", resolve));
  const address = bare.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return { bare: `http://127.0.0.1:${address.port}`, mock: (await listen(server)).url, token, accountId };
}

// Benches import this module too.
if (process.argv[2] === "metered") {
  process.send?.(await serve());
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.on("disconnect", () => process.exit());
}
