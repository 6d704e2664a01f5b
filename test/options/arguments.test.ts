import { InvalidArgumentError } from "tenantry";
import { describe, expect, it } from "vitest";
import { type AnyMethod, allMethods } from "../support/methods.js";
import { failureOf } from "../support/promises.js";
import { argumentsOf, validArguments } from "../support/valid-arguments.js";

const { methods, sent } = allMethods();

/** Values that are invalid for every parameter. */
const alwaysInvalid = [null, 7n, true, Number.NaN, Symbol("a"), () => {}];

/** Returns values that are invalid in place of a valid argument. */
function invalidFor(valid: unknown): unknown[] {
  if (typeof valid === "string") return [...alwaysInvalid, "", 7, [], {}];
  if (Array.isArray(valid)) return [...alwaysInvalid, "a", 7, {}, [null], [[]], [7], Array(1)];
  return [...alwaysInvalid, "a", 7, []];
}

/** The fields of requests that may be empty texts. */
const mayBeEmpty = [
  "ona.accounts.delete reason",
  "ona.accounts.listSsoLogins returnTo",
  "ona.accounts.getSsoLoginUrl returnTo",
  "ona.billing.usageReport timezone",
  "fam.members.search query",
  "fam.invites.accept password",
  "fam.invites.accept code",
];

/** Returns values that are invalid in place of a valid field of an argument. */
function invalidForField(valid: unknown): unknown[] {
  const wrong = [null, 7n, Symbol("a"), () => {}, {}, Object.create(null)];
  if (Array.isArray(valid)) return [...wrong, true, 7, "a", [null], [7], [{}], [""]];
  if (typeof valid === "boolean") return [...wrong, "true", 1];
  if (typeof valid === "string") return [...wrong, true, [], 7, ""];
  if (valid instanceof Date) return [...wrong, true, [], 7, "2026-01-01", new Date(Number.NaN)];
  return [...wrong, true, [], Number.NaN];
}

/** Checks that a call rejects with an InvalidArgumentError and sends nothing. Returns the error. */
async function invalidArgument(method: AnyMethod, args: readonly unknown[]): Promise<InvalidArgumentError> {
  const before = sent();
  // The test fails if the method throws instead of rejecting.
  const result = method.call(...args);
  const error = await failureOf(Promise.resolve(result));
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(sent()).toBe(before);
  if (error instanceof InvalidArgumentError) return error;
  throw error;
}

/** Returns the argument or field that an error names. */
function fieldIn(error: InvalidArgumentError): string {
  const [violation] = error.violations;
  expect(error.message).toContain(`${violation?.field} `);
  return violation?.field ?? "";
}

/** A field of an argument. `put` returns the arguments with another value in its place. */
interface Field {
  readonly key: string;
  readonly value: unknown;
  put(value: unknown): readonly unknown[];
}

/** Returns the fields of those arguments that are objects, and the fields of these fields. */
function fieldsOf(method: AnyMethod, args: readonly unknown[]): Field[] {
  // `call` accepts a request with any fields.
  if (method.path.endsWith("call")) return [];
  return args.flatMap((argument, at) => fieldsIn(argument, "", (changed) => args.with(at, changed)));
}

function fieldsIn(object: unknown, prefix: string, put: Field["put"]): Field[] {
  if (typeof object !== "object" || object === null || Array.isArray(object) || object instanceof Date)
    return [];
  return Object.entries(object).flatMap(([key, value]) => {
    const putField = (changed: unknown) => put({ ...object, [key]: changed });
    return [{ key: prefix + key, value, put: putField }, ...fieldsIn(value, `${prefix}${key}.`, putField)];
  });
}

it("the tests below cover every method of every client", () => {
  expect(methods.map(({ path }) => path).sort()).toEqual(Object.keys(validArguments).sort());
});

it("a method without valid arguments causes an error that names their file", () => {
  expect(() => argumentsOf("vydon.accounts.paint")).toThrow(
    "test/support/valid-arguments.ts has no arguments for vydon.accounts.paint: add them",
  );
});

describe.each(methods)("$path", (method) => {
  const valid = argumentsOf(method.path);

  it("sends a request if its arguments are valid", async () => {
    const before = sent();
    // The empty response may lack a field that the API always sends.
    await Promise.resolve(method.call(...valid, {})).catch((error) => {
      expect(error).not.toBeInstanceOf(InvalidArgumentError);
    });
    expect(sent()).toBe(before + 1);
  });

  it("has `options` as its last parameter", () => {
    expect(method.parameters[valid.length]).toBe("options");
    expect(method.parameters).toHaveLength(valid.length + 1);
  });

  it.each(valid.slice(0, method.required).map((_, given) => given))(
    "rejects if only %i of its arguments are given",
    async (given) => {
      const field = fieldIn(await invalidArgument(method, valid.slice(0, given)));
      expect(method.parameters.slice(given, method.required)).toContain(field);
    },
  );

  it.each([...valid.entries()])(
    "rejects an argument %i of another type, and the error names the parameter",
    async (at, value) => {
      for (const wrong of invalidFor(value)) {
        const field = fieldIn(await invalidArgument(method, valid.with(at, wrong)));
        expect(field.split("[")[0]).toBe(method.parameters[at]);
      }
    },
  );

  it.each(fieldsOf(method, valid))(
    "rejects a field $key of another type, and the error names the field",
    async ({ key, value, put }) => {
      for (const wrong of invalidForField(value)) {
        if (wrong === "" && mayBeEmpty.includes(`${method.path} ${key}`)) continue;
        expect(fieldIn(await invalidArgument(method, put(wrong)))).toContain(key);
      }
    },
  );

  it("rejects invalid options, and the error names the option", async () => {
    for (const options of [null, 7, "x", [], true, () => {}]) {
      expect(fieldIn(await invalidArgument(method, [...valid, options]))).toBe("options");
    }
    const wrong = [
      { timeout: 5 },
      { timeoutMs: "5s" },
      { signal: {} },
      { headers: 5 },
      { retry: { maxAttempts: 0 } },
    ];
    for (const options of wrong) {
      expect(fieldIn(await invalidArgument(method, [...valid, options]))).toContain(Object.keys(options)[0]);
    }
  });
});

it("an error for a field of one item names the item", async () => {
  const called = (path: string) => {
    const method = methods.find((each) => each.path === path);
    if (method === undefined) throw new Error(`there is no ${path}`);
    return method;
  };
  const job = { type: "job", id: "1", action: "read" };
  for (const [wrong, field] of [
    [{ ...job, type: "jobs" }, "resources[1].type"],
    [{ ...job, id: "" }, "resources[1].id"],
    [{ ...job, action: undefined }, "resources[1].action"],
  ] as const) {
    const error = await invalidArgument(called("vydon.permissions.checkAll"), ["acme", [job, wrong]]);
    expect(fieldIn(error)).toBe(field);
  }
  const sort = [{ field: "email" }, { field: "" }];
  const error = await invalidArgument(called("fam.members.search"), ["acme", { sort }]);
  expect(fieldIn(error)).toBe("sort[1].field");
});
