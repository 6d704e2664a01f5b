import { inspect } from "node:util";
import { ApiError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

const token = "neo_at_v1_11111111-2222-4333-8444-555555555555";

function shown(value: unknown): string {
  return `${inspect(value, { depth: 20, showHidden: true })} ${JSON.stringify(value)} ${String(value)}`;
}

describe("VydonClient's token", () => {
  it.each([
    ["a string", token],
    ["a function", () => token],
    ["a source", { token: async () => token }],
  ])("given as %s is not in the printed client", async (_, auth) => {
    const client = new VydonClient({
      baseUrl: "https://vydon.example.com",
      auth,
      headers: { "x-key": token },
    });
    expect(shown(client)).not.toContain(token);
    expect(shown(client.withOptions({ timeoutMs: 1 }))).not.toContain(token);
  });

  it("is not in the error of a call that the server rejects", async () => {
    const { fetch } = createMockServer();
    const client = new VydonClient({ baseUrl: "https://vydon.example.com", fetch, auth: token });
    await expectNoToken(() => client.users.current());
  });

  it("is not in the error if the server returns it in its message, headers, cookies and details", async () => {
    const details = [
      { type: "google.rpc.ErrorInfo", value: Buffer.from(`\n\x30${token}`).toString("base64") },
    ];
    const fetch = async () =>
      new Response(
        JSON.stringify({ code: "permission_denied", message: `key ${token} is not valid`, details }),
        {
          status: 403,
          headers: { "content-type": "application/json", "x-echo": token, "set-cookie": `key=${token}` },
        },
      );
    await expectNoToken(() =>
      new VydonClient({ baseUrl: "https://a.example", auth: token, fetch }).users.current(),
    );
  });

  it("is not in the error if it is in an invalid response", async () => {
    const headers = { "content-type": "application/json" };
    for (const body of [`{"accessToken":${token}}`, `{"accessToken":"${token}" "x"}`, token]) {
      const fetch = async () => new Response(body, { headers });
      const client = new VydonClient({ baseUrl: "https://a.example", fetch });
      const error = await client.auth
        .login({ code: "1", redirectUri: "https://app.example" })
        .catch((e) => e);
      expect(error).toBeInstanceOf(ApiError);
      // The error also contains no part of it.
      expect(shown(error)).not.toContain(token.slice(0, 6));
    }
  });

  it("is not in the error if it has characters that a header cannot have", async () => {
    const broken = `${token}\u20ac`;
    const auth = () => broken;
    await expectNoToken(() => new VydonClient({ baseUrl: "https://a.example", auth }).users.current());
  });

  async function expectNoToken(call: () => Promise<unknown>): Promise<void> {
    const error = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(shown(error)).not.toContain(token);
    expect(error instanceof ApiError && error.stack).not.toContain(token);
  }
});
