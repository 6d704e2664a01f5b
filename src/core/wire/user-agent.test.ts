import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { OnaClient } from "../../index.js";
import { userAgent } from "./user-agent.js";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const [major] = process.versions.node.split(".");

it.each([
  [{ node: "20.20.2", v8: "11" }, `tenantry/${version} node/20`],
  [{ node: "24.3.0", bun: "1.4.5" }, `tenantry/${version} bun/1`],
  [{ node: "24.3.0", deno: "2.9.6" }, `tenantry/${version} deno/2`],
  [{}, undefined],
])("of a runtime with the versions %j is %s", (versions, text) => {
  expect(userAgent(versions)["user-agent"]).toBe(text);
});

/** A fetch that keeps the agent of each request. */
function watching() {
  const agents: (string | null)[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    agents.push(new Request(input, init).headers.get("user-agent"));
    return Response.json({ account: {} });
  };
  return { agents, fetch };
}

it("goes with every request in Node, unless the caller has one", async () => {
  const { agents, fetch } = watching();
  const client = new OnaClient({ baseUrl: "https://ona.example.com", fetch, retry: false });
  await client.accounts.get().catch(() => {});
  await client.accounts.get({ headers: { "User-Agent": "mine" } }).catch(() => {});
  expect(agents).toEqual([`tenantry/${version} node/${major}`, "mine"]);
});
