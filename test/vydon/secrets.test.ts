import { inspect } from "node:util";
import { ApiError, OnaClient, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";

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

  it("is not in the bytes of a detail, and the other details keep theirs", async () => {
    const detailOf = (text: string) => ({
      type: "acme.v1.Hint",
      value: Buffer.from(`\n${String.fromCharCode(text.length)}${text}`).toString("base64"),
    });
    const details = [detailOf(token), detailOf("harmless"), { type: "acme.v1.Hint", value: "not base64!" }];
    const fetch = async () => Response.json({ code: "not_found", details }, { status: 404 });
    const client = new VydonClient({ baseUrl: "https://a.example", auth: token, fetch });
    const error = await failureOf(client.users.current());
    expect(error).toMatchObject({
      details: [{ base64: "" }, { base64: detailOf("harmless").value }, { base64: "not base64!" }],
    });
  });

  it("is not in the error if it is in an invalid response", async () => {
    const headers = { "content-type": "application/json" };
    for (const body of [`{"accessToken":${token}}`, `{"accessToken":"${token}" "x"}`, token]) {
      const fetch = async () => new Response(body, { headers });
      const client = new VydonClient({ baseUrl: "https://a.example", fetch });
      const error = await failureOf(client.auth.login({ code: "1", redirectUri: "https://app.example" }));
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

  it("is not in the stack if that was formatted before the message was cleaned, as in Chromium", async () => {
    const seen: unknown[] = [];
    const body = JSON.stringify({ code: "unavailable", message: `busy: ${token}` });
    const fetch = async () =>
      new Response(body, { status: 503, headers: { "content-type": "application/json" } });
    const { captureStackTrace } = Error;
    // Chromium keeps the message that the error was created with.
    Error.captureStackTrace = (error) => Object.assign(error, { stack: `Error: busy: ${token}\n    at x` });
    try {
      const client = new VydonClient({ baseUrl: "https://a.example", auth: token, fetch });
      await client.users.current({ retry: false }).catch((reason) => seen.push(reason.stack));
    } finally {
      Error.captureStackTrace = captureStackTrace;
    }
    expect(seen).toEqual(["Error: busy: [secret]\n    at x"]);
  });

  async function expectNoToken(call: () => Promise<unknown>): Promise<void> {
    const error = await failureOf(call());
    expect(error).toBeInstanceOf(ApiError);
    expect(shown(error)).not.toContain(token);
    expect(error instanceof ApiError && error.stack).not.toContain(token);
  }
});

/** Options of a client whose server returns this response. */
function returning(body: object, status = 200) {
  const headers = { "content-type": "application/json" };
  return {
    baseUrl: "https://a.example",
    fetch: async () => new Response(JSON.stringify(body), { status, headers }),
  };
}

describe("the secret of an invite is not in the error if the server returns it", () => {
  const failing = returning({ code: "not_found", message: `there is no invite ${token}` }, 404);
  const ona = new OnaClient(failing);
  it.each([
    ["VydonClient.invites.accept", () => new VydonClient(failing).invites.accept(token)],
    ["OnaClient.invites.accept", () => ona.invites.accept(token)],
    ["OnaClient.invites.summary", () => ona.invites.summary(token)],
    ["OnaClient.accounts.listLoginProviders", () => ona.accounts.listLoginProviders({ inviteId: token })],
    ["OnaClient.accounts.allowsCustomLogin", () => ona.accounts.allowsCustomLogin({ inviteId: token })],
  ])("%s", async (_, call) => {
    const error = await failureOf(call());
    expect(error).toMatchObject({ rawMessage: "there is no invite [secret]" });
    expect(shown(error)).not.toContain(token);
  });
});

it("no log shows the tokens of a response that cannot be read in full, but `partial` has them", async () => {
  const login = new VydonClient(returning({ accessToken: { accessToken: token, refreshToken: 5 } }));
  const invite = new VydonClient(returning({ invite: { id: "1", token } }));
  const errors = await Promise.all([
    failureOf(login.auth.login({ code: "1", redirectUri: "https://app.example" })),
    failureOf(invite.invites.create("acc", { email: "ada@example.com" })),
  ]);
  expect(errors).toMatchObject([{ partial: { accessToken: token } }, { partial: { token } }]);
  for (const error of errors) expect(shown(error)).not.toContain(token);
});
