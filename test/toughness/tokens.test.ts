import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ApiError, refreshableToken, type StoredTokens, VydonClient, webStorageStore } from "tenantry";
import { fileStore } from "tenantry/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jwtExpiry } from "../../src/core/tokens/jwt.js";
import { mutated, mutatedJson, mutatedText, seeded } from "./mutate.js";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwt = `${part({ alg: "HS256" })}.${part({ sub: "ada", exp: 1_900_000_000, name: "Adà" })}.c2lnbmF0dXJl`;
const stored = { accessToken: jwt, refreshToken: "r", expiresAt: 1_900_000_000_000 };

describe("a JWT", () => {
  const claims = mutatedJson({ sub: "ada", exp: 1_900_000_000 });
  const tokens = fc.oneof(
    mutatedText(jwt),
    claims.map((value) => `${part({})}.${part(value)}.`),
    fc.string(),
    fc.array(fc.string()).map((parts) => parts.join(".")),
  );

  it("has a valid expiry, or none, whatever it is", () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const expiry = jwtExpiry(token);
        if (expiry !== undefined) expect(expiry > 0 && expiry < Number.POSITIVE_INFINITY).toBe(true);
      }),
      seeded(2_000),
    );
  });

  it("from a source is sent, or refused with a typed error", async () => {
    const sent: (string | null)[] = [];
    const fetch = async (_url: unknown, init?: RequestInit) => {
      sent.push(new Headers(init?.headers).get("authorization"));
      return new Response('{"userId":"ada"}', { headers: { "content-type": "application/json" } });
    };
    await fc.assert(
      fc.asyncProperty(tokens, async (accessToken) => {
        sent.length = 0;
        const auth = { token: () => refreshableToken({ refresh: () => ({ accessToken }) }).token({}) };
        const client = new VydonClient({ baseUrl: "https://vydon.example.com", auth, fetch, retry: false });
        const outcome: unknown = await client.users.current().catch((error) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ApiError);
        else expect(sent).toEqual([`Bearer ${accessToken}`]);
      }),
      seeded(500),
    );
  });
});

describe("what a store holds", () => {
  const texts = fc.oneof(
    mutatedText(JSON.stringify(stored)),
    mutatedJson(stored).map((value) => JSON.stringify(value)),
    fc.string(),
    fc.json(),
  );

  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tenantry-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("in web storage is read as tokens or as nothing", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const storage = { getItem: () => text, setItem() {} };
        expectTokens(await webStorageStore(storage, "key").load());
      }),
      seeded(1_000),
    );
  });

  it("in a file is read as tokens or as nothing, even if it is not text", async () => {
    const path = join(folder, "tokens.json");
    await fc.assert(
      fc.asyncProperty(mutated(Buffer.from(JSON.stringify(stored))), async (bytes) => {
        await writeFile(path, bytes);
        expectTokens(await fileStore(path).load());
      }),
      seeded(200),
    );
  });

  it("is used by a source, or makes it refresh", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const store = webStorageStore({ getItem: () => text, setItem() {} }, "key");
        const source = refreshableToken({ store, refresh: () => ({ accessToken: "fresh" }) });
        expect(await source.token({})).toMatch(/./s);
      }),
      seeded(500),
    );
  });
});

function expectTokens(tokens: StoredTokens | undefined): void {
  if (tokens === undefined) return;
  const { accessToken, refreshToken, expiresAt } = tokens;
  expect(typeof accessToken === "string" && accessToken !== "").toBe(true);
  expect(["string", "undefined"]).toContain(typeof refreshToken);
  expect(expiresAt === undefined || Number.isFinite(expiresAt)).toBe(true);
}
