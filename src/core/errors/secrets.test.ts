import { describe, expect, it } from "vitest";
import { copyCause, hasSecret, withoutSecrets } from "./secrets.js";

describe("a secret", () => {
  it("of eight characters or more is removed even inside of a word", () => {
    expect(withoutSecrets("id=xacc3ss-tx", ["acc3ss-t"])).toBe("id=x[secret]x");
  });

  it("that is shorter is removed only if it is a whole word", () => {
    expect(withoutSecrets("acc3ss is not acc3ssible", ["acc3ss"])).toBe("[secret] is not acc3ssible");
  });

  it("is removed whole if another secret is its beginning", () => {
    expect(withoutSecrets("acc3ss-token-1", ["acc3ss-token", "acc3ss-token-1"])).toBe("[secret]");
  });

  it("is removed from JSON, and from JSON in a URL", () => {
    for (const secret of ['hunter2"quoted', "back\\slash-long"]) {
      const json = JSON.stringify({ password: secret });
      expect(withoutSecrets(`cannot parse ${json}`, [secret])).toBe('cannot parse {"password":"[secret]"}');
      const url = `?message=${encodeURIComponent(json)}`;
      expect(withoutSecrets(url, [secret])).toBe(
        `?message=${encodeURIComponent('{"password":"')}[secret]%22%7D`,
      );
    }
  });

  it("is removed from the keys of an object, too", () => {
    const details = [{ metadata: { "acc3ss-token": "rejected" } }];
    expect(withoutSecrets(details, ["acc3ss-token"])).toEqual([{ metadata: { "[secret]": "rejected" } }]);
  });

  it("is found in bytes, as UTF-8", () => {
    const base64 = Buffer.from("no pässwörd-geheim").toString("base64");
    expect(hasSecret(base64, ["pässwörd-geheim"])).toBe(true);
    expect(hasSecret(base64, ["another"])).toBe(false);
  });

  it("is removed from a URL, with the user", () => {
    expect(withoutSecrets("no redis://app:p@ss@cache:6379/0, no https://acc3ss@host", [])).toBe(
      "no redis://cache:6379/0, no https://host",
    );
    const others = "https://cdn.example.com/redis@5 //cache:6379 ada@example.com user:ada@example.com";
    expect(withoutSecrets(others, [])).toBe(others);
  });
});

describe("the copy of a cause", () => {
  it("is undefined if there is no cause", () => {
    expect(copyCause(undefined, [])).toBeUndefined();
  });

  it("contains the code of an error, unless that is an object", () => {
    const withCode = (code: unknown) => Object.assign(new Error("no"), { code });
    expect(copyCause(withCode("ECONNRESET"), [])).toMatchObject({ message: "no", code: "ECONNRESET" });
    expect(copyCause(withCode({ token: "acc3ss-t" }), [])).not.toHaveProperty("code");
    expect(copyCause(new Error("no"), [])).not.toHaveProperty("code");
  });
});
