import {
  CanceledError,
  NetworkError,
  OnaClient,
  onaExchange,
  refreshableToken,
  SignInAgainError,
  UnauthenticatedError,
} from "tenantry";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { failureOf, settled } from "../support/promises.js";

const noon = Date.UTC(2026, 0, 1, 12);

/** Creates an unsigned JWT that expires after an hour. */
function jwt(name: string, from: number): string {
  const claims = { sub: name, iat: from / 1_000, exp: from / 1_000 + 3_600 };
  return `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims))}.`;
}

/**
 * Creates the fetch of an Ona server that accepts each exchange token once and returns an access token for an hour. `sent`
 * contains each call's method and token.
 */
function exchangeServer(known: string[]) {
  const sent: [string, string | undefined][] = [];
  const issued = new Set<string>();
  const clock = new VirtualClock(noon);
  const unauthenticated = (message: string) =>
    Response.json({ code: "unauthenticated", message }, { status: 401 });
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const name = String(url).split("/").at(-1) ?? "";
    const token = new Headers(init?.headers).get("authorization")?.slice("Bearer ".length);
    sent.push([name, token]);
    if (name !== "ExchangeToken") {
      if (!issued.has(token ?? "")) return unauthenticated("the token is not good");
      return Response.json({
        subject: { id: "user-1", principal: "PRINCIPAL_USER" },
        organizationId: "org-1",
      });
    }
    const { exchangeToken = "" } = JSON.parse(String(init?.body));
    const index = known.indexOf(exchangeToken);
    if (index < 0) return unauthenticated(`${exchangeToken} is not known`);
    known.splice(index, 1);
    const accessToken = jwt(exchangeToken, clock.now());
    issued.add(accessToken);
    return Response.json({ accessToken });
  };
  return { clock, sent, fetch };
}

describe("OnaClient.identity.exchangeToken()", () => {
  it("is sent without the client's token", async () => {
    const { fetch, sent } = exchangeServer(["one"]);
    const client = new OnaClient({ auth: "pat", fetch });
    expect(await client.identity.exchangeToken("one")).toEqual({ accessToken: expect.any(String) });
    expect(sent).toEqual([["ExchangeToken", undefined]]);
  });

  it("rejects with an error that contains neither the exchange token nor advice to set `auth`", async () => {
    const { fetch } = exchangeServer([]);
    const error = await failureOf(new OnaClient({ fetch }).identity.exchangeToken("s3cret-one"));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(String(error)).toBe("UnauthenticatedError: ExchangeToken: [secret] is not known");
  });
});

describe("onaExchange", () => {
  it("gets the first access token, and another one after it expires, each with a new exchange token", async () => {
    const { fetch, clock, sent } = exchangeServer(["one", "two"]);
    const supply = ["one", "two"];
    const refresh = onaExchange(new OnaClient({ fetch }), async () => supply.shift() ?? "");
    const client = new OnaClient({ fetch, clock, auth: refreshableToken({ refresh, clock }) });
    expect(await client.identity.current()).toEqual({
      subject: { id: "user-1", principal: "user" },
      organizationId: "org-1",
      organizationTier: "",
    });
    await client.identity.current();
    const second = noon + 3_590_000;
    clock.set(new Date(second));
    await client.identity.current();
    expect(sent).toEqual([
      ["ExchangeToken", undefined],
      ["GetAuthenticatedIdentity", jwt("one", noon)],
      ["GetAuthenticatedIdentity", jwt("one", noon)],
      ["ExchangeToken", undefined],
      ["GetAuthenticatedIdentity", jwt("two", second)],
    ]);
  });

  it("uses the current refresh token as the exchange token by default", async () => {
    const { fetch, clock } = exchangeServer(["one"]);
    const initial = { accessToken: jwt("zero", noon - 3_600_000), refreshToken: "one" };
    const auth = refreshableToken({ refresh: onaExchange(new OnaClient({ fetch })), initial, clock });
    const { organizationId } = await new OnaClient({ fetch, clock, auth }).identity.current();
    expect(organizationId).toBe("org-1");
  });

  it("has no time limit, and ends when its signal aborts", async () => {
    const clock = new VirtualClock(noon);
    const client = new OnaClient({ fetch: () => new Promise(() => {}), clock, timeoutMs: 1_000 });
    const controller = new AbortController();
    const refresh = onaExchange(client, () => "one");
    const failure = failureOf(
      Promise.resolve(
        refresh({ refreshToken: undefined, accessToken: undefined, signal: controller.signal }),
      ),
    );
    await settled();
    expect(clock.skip()).toBe(false);
    controller.abort();
    expect(await failure).toBeInstanceOf(CanceledError);
  });

  it("can call through the client whose `auth` it is", async () => {
    const { fetch, clock } = exchangeServer(["one"]);
    const auth = refreshableToken({ refresh: (request) => onaExchange(client, () => "one")(request), clock });
    const client: OnaClient = new OnaClient({ fetch, clock, auth });
    expect((await client.identity.current()).organizationId).toBe("org-1");
  });

  it("rejects with SignInAgainError if the server rejects the exchange token", async () => {
    const { fetch, clock } = exchangeServer([]);
    const auth = refreshableToken({ refresh: onaExchange(new OnaClient({ fetch }), () => "s3cret"), clock });
    const error = await failureOf(new OnaClient({ fetch, clock, auth }).identity.current());
    expect(error).toBeInstanceOf(SignInAgainError);
    expect(String(error)).not.toContain("s3cret");
  });

  it("rejects with NetworkError, and keeps the session, if the server cannot be reached", async () => {
    const { fetch, clock } = exchangeServer(["one"]);
    let isDown = true;
    const sometimes: typeof globalThis.fetch = (...request) =>
      isDown ? Promise.reject(new TypeError("fetch failed")) : fetch(...request);
    const initial = { accessToken: jwt("zero", noon - 3_600_000), refreshToken: "one" };
    const refresh = onaExchange(new OnaClient({ fetch: sometimes, retry: false }));
    const client = new OnaClient({ fetch, clock, auth: refreshableToken({ refresh, initial, clock }) });
    expect(await failureOf(client.identity.current())).toBeInstanceOf(NetworkError);
    isDown = false;
    expect((await client.identity.current()).organizationId).toBe("org-1");
  });

  it.each([undefined, () => ""])(
    "rejects with SignInAgainError if there is no exchange token",
    async (supply) => {
      const { fetch, clock, sent } = exchangeServer([]);
      const auth = refreshableToken({ refresh: onaExchange(new OnaClient({ fetch }), supply), clock });
      const error = await failureOf(new OnaClient({ fetch, clock, auth }).identity.current());
      expect(error).toBeInstanceOf(SignInAgainError);
      expect(String(error)).toContain(
        "there is no exchange token. Sign in again, or pass a function to `onaExchange`",
      );
      expect(sent).toEqual([]);
    },
  );
});
