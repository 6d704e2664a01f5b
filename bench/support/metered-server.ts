/**
 * A process with two servers that send the same responses: a mock server, and connect-node with fixed responses. It first sends a
 * {@link MeteredServers} to its parent. Then it replies to each message with the CPU time that it has used, in microseconds. The figure is
 * for both servers together, so call only one of them at a time.
 */
import { createServer } from "node:http";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { listen } from "../../src/mock/node/index.js";
import { cpuMicroseconds } from "../harness.js";
import { listenLocally } from "./listen-locally.js";
import { fixedRoutes, withTeam } from "./team.js";

/** The URLs of the two servers, and the caller's token. */
export interface MeteredServers {
  readonly bare: string;
  readonly mock: string;
  readonly token: string;
  readonly accountId: string;
}

async function serve(): Promise<MeteredServers> {
  // connect-node does not validate.
  const team = withTeam({ validate: false });
  const { server, token, accountId } = team;
  // The mock's own responses, so that both servers send the same.
  const bare = createServer(connectNodeAdapter({ routes: await fixedRoutes(team) }));
  return { bare: await listenLocally(bare), mock: (await listen(server)).url, token, accountId };
}

process.send?.(await serve());
process.on("message", () => process.send?.(cpuMicroseconds()));
process.on("disconnect", () => process.exit());
