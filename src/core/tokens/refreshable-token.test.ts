import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../../test/support/promises.js";
import { storedTokens, storeWith, tokenServer } from "../../../test/tokens/support/token-server.js";
import { memoryStore, type RefreshableTokenOptions } from "./index.js";

describe("the secrets of a refreshableToken", () => {
  it("are not in a dump of the source, or in the error of a refresh that contains them", async () => {
    const told = new Error("invalid_grant: refresh-0", { cause: new Error("access-0 is over") });
    const { source } = tokenServer({ refresh: () => Promise.reject(told), store: memoryStore() });
    const error = await failureOf(source.token({ rejected: "access-0" }));
    const dump = inspect([source, error], { depth: 9, showHidden: true }) + JSON.stringify([source, error]);
    expect(dump).not.toMatch(/access-0|refresh-0/);
    expect(inspect(error)).toContain("invalid_grant: [secret]");
  });

  it("of signed-out tokens are not in the error of a store, no matter how often `clear()` fails", async () => {
    const store = await storeWith(storedTokens("stored"), {
      clear: () => Promise.reject(new Error("DEL failed: stored, stored-refresh")),
    });
    const { source } = tokenServer({ store });
    await source.token({});
    for (let times = 0; times < 2; times++) {
      const error = await failureOf(source.clear());
      expect(String(error)).toMatch(/DEL failed: \[secret\], \[secret\]/);
      expect(inspect(error, { depth: 9 })).not.toContain("stored-");
    }
  });

  it("are not in the name of an error of `refresh`", async () => {
    const named = Object.assign(new Error("no"), { name: "refresh-0" });
    const { source } = tokenServer({ refresh: () => Promise.reject(named) });
    const error = await failureOf(source.token({ rejected: "access-0" }));
    expect(error).toMatchObject({ message: "`refresh` threw [secret]: no" });
  });

  const body = "n3w-access&expires_in=3600";
  it.each<[string, Partial<RefreshableTokenOptions>, string]>([
    ["`refresh`", { refresh: () => JSON.parse(body) }, "`refresh` threw SyntaxError"],
    [
      "the store",
      { store: { ...memoryStore(), load: async () => JSON.parse(body) }, initial: undefined },
      "memoryStore cannot be read: SyntaxError",
    ],
  ])("of a response that %s cannot parse are not in the error", async (_, options, text) => {
    const error = await failureOf(tokenServer(options).source.token({ rejected: "access-0" }));
    expect(error).toMatchObject({ message: text, cause: "SyntaxError" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("n3w");
  });
});
