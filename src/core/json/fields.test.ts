import { describe, expect, it } from "vitest";
import { FieldError } from "./field-error.js";
import {
  bool,
  bools,
  isRecord,
  type Json,
  list,
  object,
  objectOf,
  optional,
  optionalObject,
  requiredString,
  string,
  strings,
} from "./fields.js";

/** An object as a server sends it. */
function parsed(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (isRecord(value)) return value;
  throw new Error(`${text} is not an object`);
}

/** The error of a reader: the field's path and problem. */
function complaint(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof FieldError) return `${error.path} ${error.message}`;
    throw error;
  }
  throw new Error("it was read");
}

describe("a field that is missing or null", () => {
  it.each(["{}", '{"f":null}'])("has its default: %s", (text) => {
    const from = parsed(text);
    expect(string(from, "f")).toBe("");
    expect(bool(from, "f")).toBe(false);
    expect(strings(from, "f")).toEqual([]);
    expect(bools(from, "f")).toEqual([]);
    expect(list(from, "f", () => 1)).toEqual([]);
    expect(optionalObject(from, "f", () => 1)).toBeUndefined();
  });

  it.each(["{}", '{"f":null}'])("is an error if the API always sends it: %s", (text) => {
    const from = parsed(text);
    expect(complaint(() => requiredString(from, "f"))).toBe("f is missing");
    expect(complaint(() => object(from, "f", () => 1))).toBe("f is missing");
  });
});

describe("a string", () => {
  it.each(['"ada"', '""', '"\\u0000"', '"ü😀"', '"\\ud800"', '"__proto__"'])(
    "is read as it is: %s",
    (text) => {
      expect(string(parsed(`{"f":${text}}`), "f")).toBe(JSON.parse(text));
    },
  );

  it.each([
    ["7", "number"],
    ["true", "boolean"],
    ["{}", "object"],
    ['["ada"]', "list"],
  ])("must not be %s", (text, type) => {
    for (const read of [string, requiredString]) {
      expect(complaint(() => read(parsed(`{"f":${text}}`), "f"))).toContain(`not this ${type}`);
    }
  });

  it("that is required is not empty", () => {
    expect(requiredString(parsed('{"f":"ada"}'), "f")).toBe("ada");
    expect(complaint(() => requiredString(parsed('{"f":""}'), "f"))).toMatch(
      /^f must be a string that is not empty/,
    );
  });
});

describe("an optional field", () => {
  it.each(["{}", '{"f":null}'])("is left out if it is missing or null: %s", (text) => {
    expect(Object.keys(optional(parsed(text), "f", string))).toEqual([]);
  });

  it.each(['""', '"ada"', '"__proto__"'])("has its value if there is one, even an empty one: %s", (text) => {
    expect(optional(parsed(`{"f":${text}}`), "f", string)).toEqual({ f: JSON.parse(text) });
  });

  it("is an error if it cannot be read", () => {
    expect(complaint(() => optional(parsed('{"f":7}'), "f", string))).toBe(
      "f must be a string, not this number",
    );
    const owner = objectOf((json) => string(json, "name"));
    expect(complaint(() => optional(parsed('{"f":{"name":7}}'), "f", owner))).toBe(
      "f.name must be a string, not this number",
    );
  });
});

describe("a boolean", () => {
  it("is true or false", () => {
    expect(bool(parsed('{"f":true}'), "f")).toBe(true);
    expect(bool(parsed('{"f":false}'), "f")).toBe(false);
  });

  it.each(['"true"', "1", "0", "[]", "{}"])("must not be %s", (text) => {
    expect(complaint(() => bool(parsed(`{"f":${text}}`), "f"))).toMatch(/^f must be true or false, not/);
  });
});

describe("an object", () => {
  const name = (json: Json) => string(json, "name");

  it("is read by its own reader", () => {
    expect(object(parsed('{"f":{"name":"ada"}}'), "f", name)).toBe("ada");
    expect(objectOf(name)(parsed('{"f":{"name":"ada"}}'), "f")).toBe("ada");
    expect(optionalObject(parsed('{"f":{"name":"ada"}}'), "f", name)).toBe("ada");
  });

  it.each(["7", '"text"', "true", "[]", '[{"name":"ada"}]'])("must not be %s", (text) => {
    for (const read of [object, optionalObject]) {
      expect(complaint(() => read(parsed(`{"f":${text}}`), "f", name))).toMatch(/^f must be an object, not/);
    }
  });
});

describe("a list", () => {
  const name = (json: Json) => string(json, "name");

  it("reads every item", () => {
    expect(list(parsed('{"f":[{"name":"ada"},{}]}'), "f", name)).toEqual(["ada", ""]);
    expect(strings(parsed('{"f":["a",""]}'), "f")).toEqual(["a", ""]);
    expect(bools(parsed('{"f":[true,false]}'), "f")).toEqual([true, false]);
  });

  it.each(["7", "0", '"ab"', '""', "true", "false", "{}", '{"0":{"name":"ada"}}'])(
    "must not be %s",
    (text) => {
      const from = parsed(`{"f":${text}}`);
      for (const read of [strings, bools])
        expect(complaint(() => read(from, "f"))).toMatch(/^f must be a list, not/);
      expect(complaint(() => list(from, "f", name))).toMatch(/^f must be a list, not/);
    },
  );

  it("contains no null, as in ProtoJSON", () => {
    expect(complaint(() => list(parsed('{"f":[{},null]}'), "f", name))).toBe("f[1] is missing");
    expect(complaint(() => strings(parsed('{"f":["a",null]}'), "f"))).toBe("f[1] is missing");
    expect(complaint(() => bools(parsed('{"f":[null]}'), "f"))).toBe("f[0] is missing");
  });

  it("has items of one type", () => {
    expect(complaint(() => list(parsed('{"f":[{},[]]}'), "f", name))).toBe(
      "f[1] must be an object, not this list",
    );
    expect(complaint(() => strings(parsed('{"f":["a",7]}'), "f"))).toBe(
      "f[1] must be a string, not this number",
    );
    expect(complaint(() => bools(parsed('{"f":[1]}'), "f"))).toBe(
      "f[0] must be true or false, not this number",
    );
  });
});

describe("an error", () => {
  it("has the path from the response down to the field", () => {
    const from = parsed('{"page":{"items":[{"tags":["a"]},{"tags":["b",7]}]}}');
    const read = () => object(from, "page", (page) => list(page, "items", (item) => strings(item, "tags")));
    expect(complaint(read)).toBe("page.items[1].tags[1] must be a string, not this number");
  });

  it("never contains the value, which may be a secret", () => {
    const error = complaint(() => string(parsed('{"f":{"token":"s3cr3t"}}'), "f"));
    expect(error).not.toContain("s3cr3t");
  });

  it("of another kind passes through unchanged", () => {
    const mistake = new TypeError("x is not a function");
    const read = () =>
      object(parsed('{"f":{}}'), "f", () => {
        throw mistake;
      });
    expect(read).toThrow(mistake);
  });
});

describe("in JSON", () => {
  it("of two fields with the same name, the last one counts", () => {
    expect(string(parsed('{"f":"first","f":"last"}'), "f")).toBe("last");
  });

  it("a field called __proto__ does no harm", () => {
    const from = parsed('{"__proto__":{"f":"polluted"},"g":"kept"}');
    expect(string(from, "f")).toBe("");
    expect(string(from, "g")).toBe("kept");
    expect(string({}, "f")).toBe("");
  });

  it("unknown fields are ignored, with any content", () => {
    expect(string(parsed('{"later":[[{"a":null}]],"f":"ada"}'), "f")).toBe("ada");
  });
});
