import fc from "fast-check";
import { ApiError, InvalidArgumentError } from "tenantry";
import { describe, expect, it } from "vitest";
import { parseCursor, toCursor } from "../../src/core/lists/cursor.js";
import { inPages, pagedApi } from "../support/paged-api.js";
import { seeded } from "../support/seeded.js";
import { mutatedText } from "./mutate.js";

describe("a list's cursor", () => {
  it("is parsed to the page token and position that it was created from, for any token", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(), (token, skip) => {
        expect(parseCursor(toCursor({ token, skip }))).toEqual({ token, skip });
      }),
      seeded(1_000),
    );
  });

  it("with any text makes a list continue somewhere, or reject with an ApiError", async () => {
    const cursors = fc.oneof(
      fc.string(),
      mutatedText("2:1"),
      fc.nat().map((skip) => `${skip}:1`),
    );
    await fc.assert(
      fc.asyncProperty(cursors, async (cursor) => {
        const all = [0, 1, 2, 3, 4, 5, 6];
        const { list } = pagedApi(inPages(all.slice(0, 3), all.slice(3, 6), all.slice(6)));
        const outcome: unknown = await list({ cursor, limit: 20 })
          .toArray()
          .catch((error) => error);
        const ends: unknown[] = [...all, all.length].map((start) => all.slice(start));
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ApiError);
        else expect(ends).toContainEqual(outcome);
      }),
      seeded(300),
    );
  });

  it("that is very long is rejected without being parsed", () => {
    expect(() => parseCursor("9".repeat(10_000_000))).toThrow(InvalidArgumentError);
  });
});
