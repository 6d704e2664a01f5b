import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { NetworkError, refreshableToken, VydonClient } from "tenantry";
import { fileStore } from "tenantry/node";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { failureOf } from "./support/promises.js";
import { rawServer } from "./support/raw-server.js";

/** Test runners such as Jest run code with separate globals, so Node's errors are not instances of its `Error`. */
describe("in a realm with another `Error` than Node's", () => {
  beforeEach(() => void vi.stubGlobal("Error", runInNewContext("Error")));

  it("a NetworkError has Node's error code, and a write that was not sent is retried", async () => {
    const { baseUrl, ...server } = await rawServer(() => {});
    await server[Symbol.asyncDispose]();
    const client = new VydonClient({ baseUrl, retry: { initialDelayMs: 0 } });
    const error = await failureOf(client.accounts.createTeam({ name: "acme" }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ attempts: 4, message: expect.stringContaining("ECONNREFUSED") });
  });

  it("fileStore creates a file that does not exist yet", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tenantry-"));
    try {
      const path = join(folder, "tokens.json");
      const refresh = async () => ({ accessToken: "first" });
      expect(await refreshableToken({ refresh, store: fileStore(path) }).token({})).toBe("first");
      const again = vi.fn(async () => ({ accessToken: "second" }));
      expect(await refreshableToken({ refresh: again, store: fileStore(path) }).token({})).toBe("first");
      expect(again).not.toHaveBeenCalled();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
