import { memoryStore, type RefreshRequest, refreshableToken } from "tenantry";
import { afterEach, describe, expect, it } from "vitest";
import { Issuer, type Reuse } from "../../bench/fleet/issuer.js";
import { type IssuerServer, serveIssuer } from "../../bench/fleet/serve-issuer.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { failureOf } from "../support/promises.js";

const clock = new VirtualClock();

function issuerWith(reuse: Reuse) {
  return new Issuer(() => clock.now(), { lifeMs: 60_000, reuse });
}

describe("an issuer of single-use refresh tokens", () => {
  it("refuses a token that was used, but accepts its successor", () => {
    const issuer = issuerWith("refuse");
    const first = issuer.signIn();
    const second = issuer.refresh(first.refreshToken);
    expect(issuer.refresh(first.refreshToken)).toBeUndefined();
    expect(issuer.accepts(second?.accessToken ?? "")).toBe(true);
    expect(issuer.report).toEqual({ used: 1, reused: [first.refreshToken] });
  });

  it("accepts a used token again within the grace period", () => {
    const issuer = issuerWith({ graceMs: 10_000 });
    const { refreshToken } = issuer.signIn();
    issuer.refresh(refreshToken);
    clock.advance("10s");
    expect(issuer.refresh(refreshToken)).toBeDefined();
    clock.advance("1s");
    expect(issuer.refresh(refreshToken)).toBeUndefined();
  });

  it("revokes the family of a token that is used twice", () => {
    const issuer = issuerWith("revoke-family");
    const first = issuer.signIn();
    const second = issuer.refresh(first.refreshToken);
    const other = issuer.signIn();
    expect(issuer.refresh(first.refreshToken)).toBeUndefined();
    expect(issuer.refresh(second?.refreshToken ?? "")).toBeUndefined();
    expect(issuer.accepts(second?.accessToken ?? "")).toBe(false);
    expect(issuer.accepts(other.accessToken)).toBe(true);
  });
});

describe("a response that is lost after the server has rotated the token", () => {
  let server: IssuerServer | undefined;
  afterEach(() => server?.close());

  async function losing(reuse: Reuse) {
    const issuer = issuerWith(reuse);
    const { url, loseNextResponse } = await serveIssuer(issuer).then((served) => {
      server = served;
      return served;
    });
    const { accessToken, refreshToken } = issuer.signIn();
    const refresh = async (request: RefreshRequest) => {
      const body = new URLSearchParams({ refresh_token: request.refreshToken ?? "" });
      const response = await fetch(`${url}/token`, { method: "POST", body });
      return response.json();
    };
    const initial = { accessToken, refreshToken, expiresAt: clock.now() };
    loseNextResponse();
    return refreshableToken({ store: memoryStore(), clock, initial, refresh });
  }

  it("is a network failure, and costs nothing if the server has a grace period", async () => {
    const source = await losing({ graceMs: 60_000 });
    expect(await failureOf(source.token({}))).toMatchObject({ name: "NetworkError" });
    expect(await source.token({})).toMatch(/^access-3-/);
  });

  it("ends the session without one", async () => {
    const source = await losing("revoke-family");
    expect(await failureOf(source.token({}))).toMatchObject({ name: "NetworkError" });
    expect(await failureOf(source.token({}))).toMatchObject({ name: "SignInAgainError" });
  });
});
