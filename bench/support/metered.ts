import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import type { MeteredServers } from "./metered-server.js";

/** Two listeners in a process of their own, which counts what they cost. */
export interface MeteredServer extends Disposable {
  /** Calls a method of one of them. */
  call(which: "bare" | "mock", method: "GetUser" | "GetTeamAccountMembers"): Promise<void>;
  /** The CPU time that the process has used, in microseconds. */
  cpu(): Promise<number>;
}

/** Starts `metered-server.ts`, which stands beside the benches once they are built. */
export async function startMeteredServer(): Promise<MeteredServer> {
  const child = fork(new URL("./support/metered-server.js", import.meta.url), ["metered"]);
  const [urls]: MeteredServers[] = await once(child, "message");
  if (urls === undefined) throw new Error("the server said nothing");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const bodies = { GetUser: "{}", GetTeamAccountMembers: JSON.stringify({ accountId: urls.accountId }) };
  const headers = { "content-type": "application/json", authorization: `Bearer ${urls.token}` };
  return {
    call: (which, method) =>
      new Promise((resolve, reject) => {
        const url = `${urls[which]}/mgmt.v1alpha1.UserAccountService/${method}`;
        const call = request(url, { method: "POST", agent, headers }, (response) => {
          if (response.statusCode !== 200) reject(new Error(`${method} was answered ${response.statusCode}`));
          response.resume().on("end", resolve);
        });
        call.on("error", reject).end(bodies[method]);
      }),
    async cpu() {
      child.send("cpu");
      const [used]: number[] = await once(child, "message");
      return used ?? Number.NaN;
    },
    [Symbol.dispose]() {
      agent.destroy();
      child.kill();
    },
  };
}
