import { expect, it } from "vitest";
import { figure } from "../../bench/support/print.js";

it("npm run bench prints three digits of a number, and a dash for a ratio to nothing", () => {
  expect([0.714, 15.84, 166.4, 14_876].map(figure)).toEqual(["0.71", "15.8", "166", "14,876"]);
  expect([0.5 / 0, 0 / 0].map(figure)).toEqual(["–", "–"]);
});
