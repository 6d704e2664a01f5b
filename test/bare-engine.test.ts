import { createContext, runInContext } from "node:vm";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import { bundle } from "./browser/support/bundle.js";

/** What a client needs besides the language's own globals. Engines such as React Native's have little more. */
const globals = { AbortController, Headers, TextDecoder, URL, clearTimeout, performance, setTimeout };

it("a client needs no other globals, and works if `fetch` has no streams", async () => {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
  const { token } = server.vydon.signIn({ email: "ada@example.com" });

  /** React Native's `fetch`: its responses have no stream. */
  async function fetch(url: string, init: RequestInit) {
    const response = await server.fetch(url, init);
    const { status, headers, bodyUsed } = response;
    return { status, headers, bodyUsed, arrayBuffer: () => response.arrayBuffer() };
  }

  const context = createContext({ ...globals, fetch, token, accountId: server.vydon.account("acme").id });
  // Older browsers and React Native do not have it.
  runInContext("URL = class extends URL {}; URL.canParse = undefined;", context);
  const options = { format: "iife", globalName: "tenantry" } as const;
  runInContext(await bundle("src/vydon/index.ts", options), context);

  const emails = await runInContext(
    `const client = new tenantry.VydonClient({ baseUrl: "https://vydon.example.com", auth: token });
     client.members.list(accountId).toArray().then((members) => members.map(({ email }) => email));`,
    context,
  );
  expect([...emails]).toEqual(["ada@example.com"]);

  const error = await runInContext(
    `client.accounts.createTeam({ name: "No Spaces" }).catch((reason) => reason)`,
    context,
  );
  expect(error).toMatchObject({ name: "InvalidArgumentError" });
});
