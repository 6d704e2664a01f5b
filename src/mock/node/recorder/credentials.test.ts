import { describe, expect, it } from "vitest";
import { callerOf } from "./credentials.js";
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
