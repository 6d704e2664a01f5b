import { create } from "@bufbuild/protobuf";
import { type Timestamp, TimestampSchema, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { AccountRole, ApiKeyService } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createTeam, join, person } from "./teams.js";

// What recordings cannot show of API keys, because no time passes in them.

/** The longest lifetime of a key in seconds: a year. */
const yearSeconds = 31_536_000;

describe("expires_at of a Vydon API key", () => {
  const world = openWorld({ strict: true });

  async function open() {
    const { ada, accountId } = await createTeam(world);
    const rpc = world.client(ApiKeyService, ada.session.token);
    let made = 0;
    const make = (expiresAt: Timestamp) =>
      rpc.createAccountApiKey({ accountId, name: `key-${made++}`, expiresAt });
    return { rpc, make };
  }

  /** Returns the time of the server's clock plus these seconds and nanoseconds. */
  function later(seconds: number, nanos = 0): Timestamp {
    const now = world.server.clock.now() / 1_000;
    return create(TimestampSchema, { seconds: BigInt(now + seconds), nanos });
  }

  it("must be after now, to the nanosecond", async () => {
    const { rpc, make } = await open();
    for (const past of [later(0), later(-1, 999_999_999)]) {
      expect(await connectErrorOf(make(past))).toMatchObject({
        code: Code.InvalidArgument,
        rawMessage: "validation error: expires_at: must be greater than now",
      });
    }
    const { apiKey } = await make(later(0, 1_000));
    const renewed = rpc.regenerateAccountApiKey({ id: apiKey?.id ?? "", expiresAt: later(0) });
    expect((await connectErrorOf(renewed)).code).toBe(Code.InvalidArgument);
  });

  it("must be within 365 days, plus the nanosecond that a call takes", async () => {
    const { make } = await open();
    await make(later(yearSeconds, 1));
    expect(await connectErrorOf(make(later(yearSeconds, 2)))).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: "validation error: expires_at: must be within 31536000s of now",
    });
  });

  it("is stored in microseconds", async () => {
    const { rpc, make } = await open();
    const { apiKey } = await make(later(60, 123_456_789));
    expect(apiKey?.expiresAt).toEqual(later(60, 123_456_000));
    const found = await rpc.getAccountApiKey({ id: apiKey?.id ?? "" });
    expect(found.apiKey?.expiresAt).toEqual(later(60, 123_456_000));
  });
});

describe("GetAccountApiKeys", () => {
  const world = openWorld();

  it("returns an expiry in a hundred years for a Vydon API key that never expires, until its secret is revoked", async () => {
    const ada = person(world, "ada");
    world.server.seed({
      vydon: { accounts: [{ name: "acme", members: [{ email: ada.email }], apiKeys: [{ token: "key" }] }] },
    });
    const { id: accountId } = world.server.vydon.account("acme");
    const expiry = async () => {
      const { apiKeys } = await world
        .client(ApiKeyService, ada.session.token)
        .getAccountApiKeys({ accountId });
      return apiKeys.map(({ expiresAt }) => expiresAt);
    };
    const made = world.server.clock.now();
    expect(await expiry()).toEqual([timestampFromMs(made + 100 * yearSeconds * 1_000)]);
    world.server.clock.advance("1h");
    world.server.vydon.revoke("key");
    expect(await expiry()).toEqual([timestampFromMs(made)]);
  });
});

describe("server.vydon.apiKey()", () => {
  const world = openWorld();

  it("creates a Vydon API key of its own user, which is valid for a year", async () => {
    const { ada, accountId } = await createTeam(world);
    const { keyId, userId } = world.server.vydon.apiKey(accountId);
    const rpc = world.client(ApiKeyService, ada.session.token);
    const { apiKey } = await rpc.getAccountApiKey({ id: keyId });
    expect(apiKey).toMatchObject({ accountId, userId, createdById: userId, updatedById: userId });
    const end = world.server.clock.now() + yearSeconds * 1_000;
    expect(apiKey?.expiresAt).toEqual(timestampFromMs(end));
  });
});

describe("RegenerateAccountApiKey", () => {
  const world = openWorld();

  it("changes `updatedById` and the expiry of a Vydon API key, and not `updatedAt`, the name and the key's user", async () => {
    const { ada, accountId } = await createTeam(world);
    const grace = await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.ADMIN });
    const inHours = (hours: number) => timestampFromMs(world.server.clock.now() + hours * 3_600_000);
    const request = { accountId, name: "ci-key", expiresAt: inHours(1) };
    const { apiKey: made } = await world
      .client(ApiKeyService, ada.session.token)
      .createAccountApiKey(request);
    world.server.clock.advance("2d");
    const rpc = world.client(ApiKeyService, grace.session.token);
    const expiresAt = inHours(1);
    const { apiKey } = await rpc.regenerateAccountApiKey({ id: made?.id ?? "", expiresAt });
    expect(apiKey?.keyValue).not.toBe(made?.keyValue);
    expect(apiKey).toEqual({ ...made, keyValue: apiKey?.keyValue, updatedById: grace.userId, expiresAt });
  });
});
