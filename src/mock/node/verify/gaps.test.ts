import { describe, expect, it } from "vitest";
import { type Gap, type Searched, valuesOfGaps } from "./gaps.js";

/** Returns gaps from a text such as `<a> and <b>`. */
function gapsOf(pattern: string): Gap[] {
  return Array.from(pattern.matchAll(/<(\w)>([^<]*)/g), ([, name = "", after = ""]) => ({ name, after }));
}

function find(pattern: string, text: string) {
  const values = valuesOfGaps(gapsOf(pattern), text, 0, new Map());
  return values && Object.fromEntries(values);
}

/** A text that counts how often it is searched. */
class Counted implements Searched {
  readonly #text: string;
  looks = 0;

  constructor(text: string) {
    this.#text = text;
  }
  get length() {
    return this.#text.length;
  }
  indexOf(part: string, at?: number) {
    this.looks++;
    return this.#text.indexOf(part, at);
  }
  slice(from?: number, to?: number) {
    return this.#text.slice(from, to);
  }
  startsWith(part: string, at?: number) {
    this.looks++;
    return this.#text.startsWith(part, at);
  }
}

describe("valuesOfGaps", () => {
  it.each([
    ["<a>", "Ada", { a: "Ada" }],
    ["<a> and <b>", "Ada and Grace and Joan", { a: "Ada", b: "Grace and Joan" }],
    ["<a> and <b>.", "Ada and Grace. Joan.", { a: "Ada", b: "Grace. Joan" }],
    ["<a><b>", "xyz", { a: "x", b: "yz" }],
    ["<a>, <a>", "Ada, Ada", { a: "Ada" }],
    ["<a>, <a>", "x, y, x, y", { a: "x, y" }],
    ["<a>-<b>-<a>", "x-x-1-x-x", { a: "x", b: "x-1-x" }],
    ["<a>-<b>-<a>.", "x-y-1-x-y.", { a: "x-y", b: "1" }],
    ["<a>-<b>-<a>-<b>", "1-2-3-1-2-3", { a: "1", b: "2-3" }],
  ])("matches %j with %j", (pattern, text, values) => {
    expect(find(pattern, text)).toEqual(values);
  });

  it.each([
    ["<a>", ""],
    ["<a><b>", "x"],
    ["<a> and <b>", "Ada and "],
    ["<a>.", "Ada"],
    ["<a>, <a>", "Ada, Grace"],
    ["<a>-<b>-<a>-<b>", "1-2-3-1-2-4"],
  ])("does not match %j with %j", (pattern, text) => {
    expect(find(pattern, text)).toBeUndefined();
  });

  it("searches a text a few times for each gap, even if it does not match", () => {
    const text = new Counted("x! ".repeat(1_000));
    expect(valuesOfGaps(gapsOf("<a> <b> <c> <d> <e> <f> <g> <h>!"), text, 0, new Map())).toBeUndefined();
    expect(text.looks).toBeLessThan(8 * 1_001);

    const same = new Counted("x! ".repeat(100));
    expect(valuesOfGaps(gapsOf("<a> <b> <c> <a> <d> <e>!"), same, 0, new Map())).toBeUndefined();
    expect(same.looks).toBeLessThan(6 * 100 * 100);
  });
});
