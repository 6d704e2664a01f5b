import { describe, expect, it } from "vitest";
import { callerOf, hideSecrets } from "./credentials.js";
import { filterText } from "./filter-text.js";
import { PlaceholderMaker } from "./placeholder-maker.js";

describe("callerOf", () => {
  it.each(["Basic dXNlcjpwdw==", "Token a b dXNlcjpwdw==", "Basic\tdXNlcjpwdw==", "dXNlcjpwdw=="])(
    "takes the text after the last space of credentials that are not a bearer's: %j",
    (authorization) => {
      const placeholders = new PlaceholderMaker();
      const { as, unrecorded } = callerOf(authorization, placeholders);
      expect([as, unrecorded]).toEqual(["<secret:1>", ["the form of the credentials"]]);
      expect(filterText("not dXNlcjpwdw==", placeholders)).toBe("not <secret:1>");
    },
  );

  // If the time grew with the square of the length, this would take minutes.
  it("is fast for a long header", () => {
    const { as } = callerOf(`Basic ${"a".repeat(1_000_000)} `, new PlaceholderMaker());
    expect(as).toBe("<secret:1>");
  });
});

describe("hideSecrets", () => {
  it("hides the secrets of both headers from later texts, but not the other words in them", () => {
    const placeholders = new PlaceholderMaker();
    const requestHeaders = { cookie: "sid=lovelace; seen=yes", "x-api-key": "babbage", accept: "engines" };
    const responseHeaders = { "set-cookie": "session=analytical; HttpOnly; SameSite=Strict" };
    hideSecrets({ requestHeaders, responseHeaders }, placeholders);
    expect(filterText("lovelace, babbage, analytical", placeholders)).toBe(
      "<secret:1>, <secret:2>, <secret:3>",
    );
    const words = "sid, yes, engines, session, HttpOnly, SameSite, Strict";
    expect(filterText(words, placeholders)).toBe(words);
  });
});
