import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../../test/support/promises.js";
import { storedTokens, storeWith, tokenServer } from "../../../test/tokens/support/token-server.js";
import { InvalidArgumentError } from "../errors/errors.js";
import { memoryStore, type RefreshableTokenOptions, refreshableToken } from "./index.js";

describe("the options of refreshableToken", () => {
  it.each([
    [{ refresh: "x" }, "refresh must be a function"],
    [{ advisoryMs: -1 }, "advisoryMs must be a number"],
    [{ mandatoryMs: "30s" }, "mandatoryMs must be a number"],
    [{ timeoutMs: Number.NaN }, "timeoutMs must be a number"],
    [{ takeOverMs: Number.NaN }, "takeOverMs must be a number"],
    [{ store: {} }, "store must have a method `load`"],
    [{ clock: { now: Date.now } }, "clock must have a method `setTimeout`"],
    [{ lock: true }, "lock must be a function"],
    [{ followSignIns: "yes" }, "followSignIns must be true or false"],
    [{ initial: { accessToken: "a", expiresAt: 1_767_225_600 } }, "in milliseconds"],
    [{ advisory: 1 }, "advisory is not an option"],
  ])("%j are refused", (wrong, text) => {
    const options: RefreshableTokenOptions = { refresh: () => ({ accessToken: "a" }) };
    Object.assign(options, wrong);
    const refused = () => refreshableToken(options);
    expect(refused).toThrow(InvalidArgumentError);
    expect(refused).toThrow(text);
  });
});

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
