import { VydonClient } from "../../../src/index.js";

declare global {
  interface Window {
    /** Makes a call fail twice, with an error that contains the token. Returns the stacks of the errors. */
    stacksOfFailures(token: string): Promise<(string | undefined)[]>;
  }
}

window.stacksOfFailures = async (token) => {
  const stacks: (string | undefined)[] = [];
  const failure = JSON.stringify({ code: "unavailable", message: `busy: ${token}` });
  const client = new VydonClient({
    baseUrl: "https://vydon.example.com",
    auth: token,
    fetch: async () =>
      new Response(failure, { status: 503, headers: { "content-type": "application/json" } }),
    retry: { maxAttempts: 2, initialDelayMs: 0 },
    hooks: { onRetry: ({ error }) => void stacks.push(error.stack) },
  });
  await client.users.current().catch((error: Error) => stacks.push(error.stack));
  return stacks;
};
