import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ApiError, refreshableToken, type Stored, webStorageStore } from "tenantry";
import { fileStore } from "tenantry/node";
import { VydonClient } from "tenantry/vydon";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jwtExpiry } from "../../src/core/tokens/jwt.js";
import { seeded } from "../support/seeded.js";
import { mutated, mutatedJson, mutatedText } from "./mutate.js";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwt = `${part({ alg: "HS256" })}.${part({ sub: "ada", exp: 1_900_000_000, name: "Adà" })}.c2lnbmF0dXJl`;
const tokens = { accessToken: jwt, refreshToken: "r", expiresAt: 1_900_000_000_000 };
const stored: Stored = { v: 1, tokens, revision: "1", sessionId: "ada", lifetimeMs: 3_600_000 };

describe("a mutated JWT", () => {
  const claims = mutatedJson({ sub: "ada", exp: 1_900_000_000 });
  const jwts = fc.oneof(
    mutatedText(jwt),
    claims.map((value) => `${part({})}.${part(value)}.`),
    fc.string(),
    fc.array(fc.string()).map((parts) => parts.join(".")),
  );

  it("has a valid expiry or none", () => {
    fc.assert(
      fc.property(jwts, (token) => {
        const expiry = jwtExpiry(token);
        if (expiry !== undefined) expect(expiry > 0 && expiry < Number.POSITIVE_INFINITY).toBe(true);
      }),
      seeded(2_000),
    );
  });

  it("from a refreshableToken is sent, or the call rejects with an ApiError", async () => {
    const sent: (string | null)[] = [];
    const fetch = async (_url: unknown, init?: RequestInit) => {
      sent.push(new Headers(init?.headers).get("authorization"));
      return Response.json({ userId: "ada" });
    };
    await fc.assert(
      fc.asyncProperty(jwts, async (accessToken) => {
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

describe("mutated content of a token store", () => {
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

  it("is loaded by webStorageStore as tokens or as undefined", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const storage = storageWith(text);
        expectTokens(await webStorageStore(storage, "key").load());
      }),
      seeded(1_000),
    );
  });

  it("is loaded by fileStore as tokens or as undefined, even if it is not text", async () => {
    const path = join(folder, "tokens.json");
    await fc.assert(
      fc.asyncProperty(mutated(Buffer.from(JSON.stringify(stored))), async (bytes) => {
        await writeFile(path, bytes);
        expectTokens(await fileStore(path).load());
      }),
      seeded(200),
    );
  });

  it("makes refreshableToken return a stored token or a new one", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const store = webStorageStore(storageWith(text), "key");
        const source = refreshableToken({ store, refresh: () => ({ accessToken: "fresh" }) });
        const loaded = await store.load();
        expect(["fresh", loaded?.tokens.accessToken]).toContain(await source.token({}));
      }),
      seeded(500),
    );
  });
});

function storageWith(text: string) {
  let content = text;
  return {
    getItem: () => content,
    setItem: (_key: string, value: string) => {
      content = value;
    },
  };
}

function expectTokens(found: Stored | undefined): void {
  if (found === undefined) return;
  const { accessToken, refreshToken, expiresAt } = found.tokens;
  expect(typeof accessToken === "string" && accessToken !== "").toBe(true);
  expect(["string", "undefined"]).toContain(typeof refreshToken);
  expect(expiresAt === undefined || Number.isFinite(expiresAt)).toBe(true);
  expect([typeof found.revision, typeof found.sessionId]).toEqual(["string", "string"]);
}
