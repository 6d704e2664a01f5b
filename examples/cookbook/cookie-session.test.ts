import { randomBytes } from "node:crypto";
import { SignInAgainError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { beforeEach, expect, it } from "vitest";
import { type CookieJar, cookieSessions } from "./cookie-session.js";

const server = createMockServer();
const { issuer } = server.vydon;
const key = randomBytes(32);

/** A browser: each of its requests begins with the cookie that it has at that time. */
class Browser {
  cookie: string | undefined;

  async request<T>(handle: (jar: CookieJar) => Promise<T>): Promise<T> {
    let cookie = this.cookie;
    const jar: CookieJar = {
      get: () => cookie,
      set: (_name, value) => {
        cookie = value;
      },
    };
    const result = await handle(jar);
    this.cookie = cookie; // later changes are lost: the response's headers are sent
    return result;
  }
}

/** A route of the application. */
async function whoAmI(jar: CookieJar): Promise<string> {
  const { fetch, clock } = server;
  const client = new VydonClient({
    baseUrl: "https://vydon.example.com",
    auth: sessions.of(jar),
    fetch,
    clock,
  });
  return (await client.users.current()).id;
}

const browser = new Browser();
let sessions: ReturnType<typeof cookieSessions>;
let userId: string;
beforeEach(async () => {
  server.reset();
  sessions = cookieSessions({ key, refresh: (request) => issuer.refresh(request), clock: server.clock });
  const tokens = issuer.signIn({ email: "ada@example.com" });
  userId = server.vydon.signIn({ email: "ada@example.com" }).userId;
  await browser.request((jar) => sessions.of(jar).accept(tokens));
});

it("lasts from request to request, and shows no token", async () => {
  expect(await browser.request(whoAmI)).toBe(userId);
  expect(browser.cookie).toBeDefined();
  expect(Buffer.from(browser.cookie ?? "", "base64url").toString()).not.toContain("accessToken");
});

it("puts new tokens into the cookie, which the next request uses", async () => {
  const before = browser.cookie;
  server.clock.advance("2h");
  expect(await browser.request(whoAmI)).toBe(userId);
  expect(browser.cookie).not.toBe(before);
  server.clock.advance("2h");
  expect(await browser.request(whoAmI)).toBe(userId);
});

it("never refreshes in the background, because the new cookie would come too late", async () => {
  server.clock.advance("59m");
  await browser.request(whoAmI);
  expect(issuer.refreshTokens().map(({ uses }) => uses)).toEqual([0]);

  server.clock.advance("40s");
  await browser.request(whoAmI);
  expect(issuer.refreshTokens().map(({ uses }) => uses)).toEqual([1, 0]);
});

it("uses a refresh token once for requests at the same time", async () => {
  server.clock.advance("2h");
  expect(await Promise.all([1, 2, 3].map(() => browser.request(whoAmI)))).toEqual([userId, userId, userId]);
  expect(issuer.refreshTokens().map(({ uses }) => uses)).toEqual([1, 0]);
});

it("shares no refresh between people without a refresh token", async () => {
  const both = cookieSessions({
    key,
    refresh: async ({ accessToken }) => ({ accessToken: `${accessToken}-2` }),
    clock: server.clock,
  });
  const expiresAt = server.clock.now() + 60_000;
  const people = ["ada", "eve"].map((accessToken) => ({ browser: new Browser(), accessToken }));
  for (const { browser, accessToken } of people)
    await browser.request((jar) => both.of(jar).accept({ accessToken, expiresAt }));
  server.clock.advance("2h");
  const tokens = people.map(({ browser }) => browser.request((jar) => both.of(jar).token({})));
  expect(await Promise.all(tokens)).toEqual(["ada-2", "eve-2"]);
});

it("signs out, and trusts no cookie that was changed", async () => {
  const cookie = browser.cookie ?? "";
  browser.cookie = `${cookie.slice(0, -2)}xx`;
  await expect(browser.request(whoAmI)).rejects.toThrow(SignInAgainError);

  browser.cookie = cookie;
  await browser.request((jar) => sessions.of(jar).clear());
  expect(browser.cookie).toBeUndefined();
});
