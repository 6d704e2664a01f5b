import { InvalidArgumentError } from "tenantry";
import { describe, expect, it } from "vitest";
import { type AnyMethod, allMethods } from "../support/methods.js";
import { rightArguments } from "../support/right-arguments.js";
import { failureOf } from "../support/scripted.js";

const { methods, sent } = allMethods();

/** Wrong for every parameter and every field. */
const alwaysWrong = [null, 7n, true, Number.NaN, Symbol("a"), () => {}];

/** Values that are wrong in place of this one. */
function wrongFor(right: unknown): unknown[] {
  if (typeof right === "string") return [...alwaysWrong, "", 7, [], {}];
  if (Array.isArray(right)) return [...alwaysWrong, "a", 7, {}, [null], [[]], [7], Array(1)];
  return [...alwaysWrong, "a", 7, []];
}

/** Values that are wrong in place of this one, which is a field of an argument. */
function wrongForField(right: unknown): unknown[] {
  const wrong = [null, 7n, Symbol("a"), () => {}, {}, Object.create(null)];
  if (Array.isArray(right)) return [...wrong, true, 7, "a", [null], [7], [{}]];
  if (typeof right === "boolean") return [...wrong, "true", 1];
  return [...wrong, true, [], Number.NaN];
}

/** The call must be rejected with an InvalidArgumentError before anything is sent. Returns the error. */
async function refusal(method: AnyMethod, args: readonly unknown[]): Promise<InvalidArgumentError> {
  const before = sent();
  // What is thrown here, and not rejected, fails the test.
  const result = method.call(...args);
  const error = await failureOf(Promise.resolve(result));
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(sent()).toBe(before);
  if (error instanceof InvalidArgumentError) return error;
  throw error;
}

/** The argument, or its field, that an error names. */
function named(error: InvalidArgumentError): string {
  const [violation] = error.violations;
  expect(error.message).toContain(`${violation?.field} `);
  return violation?.field ?? "";
}

/** The fields of the arguments that are objects. */
function fieldsOf(method: AnyMethod, args: readonly unknown[]) {
  // A request of `call` is the caller's own: nothing is known of its fields.
  if (method.path.endsWith("call")) return [];
  return args.flatMap((argument, at) =>
    typeof argument === "object" && argument !== null && !Array.isArray(argument)
      ? Object.entries(argument).map(([key, value]) => ({ at, argument, key, value }))
      : [],
  );
}

it("every method is called below", () => {
  expect(methods.map(({ path }) => path).sort()).toEqual(Object.keys(rightArguments).sort());
});

describe.each(methods)("$path", (method) => {
  const right = rightArguments[method.path] ?? [];

  it("sends a request with the right arguments", async () => {
    const before = sent();
    // The empty response may lack a field that the API always sends.
    await Promise.resolve(method.call(...right, {})).catch((error) => {
      expect(error).not.toBeInstanceOf(InvalidArgumentError);
    });
    expect(sent()).toBe(before + 1);
  });

  it("has the call's options as its last parameter", () => {
    expect(method.parameters[right.length]).toBe("options");
    expect(method.parameters).toHaveLength(right.length + 1);
  });

  it.each(right.slice(0, method.required).map((_, given) => given))(
    "rejects with only %i of its arguments",
    async (given) => {
      const field = named(await refusal(method, right.slice(0, given)));
      expect(method.parameters.slice(given, method.required)).toContain(field);
    },
  );

  it.each([...right.entries()])("rejects its argument %i of another type, by its name", async (at, value) => {
    for (const wrong of wrongFor(value)) {
      const field = named(await refusal(method, right.with(at, wrong)));
      expect(field.split("[")[0]).toBe(method.parameters[at]);
    }
  });

  it.each(fieldsOf(method, right))("rejects the field $key of another type, by its name", async (field) => {
    const { at, argument, key, value } = field;
    for (const wrong of wrongForField(value)) {
      const error = await refusal(method, right.with(at, { ...argument, [key]: wrong }));
      expect(named(error)).toContain(key);
    }
  });

  it("rejects wrong options, by their name", async () => {
    for (const options of [null, 7, "x", [], true, () => {}]) {
      expect(named(await refusal(method, [...right, options]))).toBe("options");
    }
    const wrong = [
      { timeout: 5 },
      { timeoutMs: "5s" },
      { signal: {} },
      { headers: 5 },
      { retry: { maxAttempts: 0 } },
    ];
    for (const options of wrong) {
      expect(named(await refusal(method, [...right, options]))).toContain(Object.keys(options)[0]);
    }
  });
});
