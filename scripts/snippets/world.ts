import { createMockServer } from "tenantry/mock";

/**
 * Runs code from the documentation. A mock server handles every `fetch` to another machine, and the environment variables
 * contain tokens of ada@example.com.
 */
export async function inWorld<T>(run: () => Promise<T>): Promise<T> {
  const server = createMockServer({ now: new Date() });
  const email = "ada@example.com";
  const real = { fetch: globalThis.fetch, env: process.env, log: console.log };
  process.env = {
    ...real.env,
    VYDON_API_KEY: server.vydon.signIn({ email }).token,
    ONA_API_KEY: server.ona.signIn({ email }).token,
    FAM_ACCESS_TOKEN: server.fam.signIn({ email }).token,
  };
  globalThis.fetch = (input, init) => (isHere(input) ? real.fetch(input, init) : server.fetch(input, init));
  console.log = () => {};
  try {
    return await run();
  } finally {
    globalThis.fetch = real.fetch;
    process.env = real.env;
    console.log = real.log;
  }
}

function isHere(input: RequestInfo | URL): boolean {
  const { hostname } = new URL(input instanceof Request ? input.url : input);
  return hostname === "127.0.0.1" || hostname === "localhost";
}
