import { fork } from "node:child_process";
import { once } from "node:events";
import { httpClient } from "./http-client.js";
import type { MeteredServers } from "./metered-server.js";

/** Two servers in their own process, which measures its CPU time. */
export interface MeteredServer extends Disposable {
  /** Calls a method of one of the servers. */
  call(which: "bare" | "mock", method: "GetUser" | "GetTeamAccountMembers"): Promise<void>;
  /** The CPU time that the process has used, in microseconds. */
  cpu(): Promise<number>;
}

/** Starts `metered-server.ts`, which is built into the same folder as the benches. */
export async function startMeteredServer(): Promise<MeteredServer> {
  const child = fork(new URL("./support/metered-server.js", import.meta.url));
  const [urls]: MeteredServers[] = await once(child, "message");
  if (urls === undefined) throw new Error("the server sent no message");
  const http = httpClient(urls.token);
  const bodies = { GetUser: "{}", GetTeamAccountMembers: JSON.stringify({ accountId: urls.accountId }) };
  return {
    call: (which, method) =>
      http.send("POST", `${urls[which]}/mgmt.v1alpha1.UserAccountService/${method}`, bodies[method]),
    async cpu() {
      child.send("cpu");
      const [used]: number[] = await once(child, "message");
      return used ?? Number.NaN;
    },
    [Symbol.dispose]() {
      http[Symbol.dispose]();
      child.kill();
    },
  };
}
