/** Checks of options by a table. Each throws an `InvalidArgumentError` that begins with the option's name. */
import { invalidArgument } from "../errors/invalid-argument.js";
import { isRecord } from "../json/fields.js";
import { checkCount } from "./arguments.js";
import { closest } from "./closest.js";

/** Checks the value of an option that is not undefined. `of` names the owner of the option, for the error's text. */
export type Check = (value: unknown, option: string, of: string) => unknown;

/** Any table of options. */
export type OptionChecks = Readonly<Record<string, Check>>;

/** A table with a check for each of these options. A missing one does not compile. */
export type Checks<Options> = { readonly [Name in keyof Options]-?: Check };

/**
 * Checks an object of options. An unknown name is an error, even with the value undefined, because a misspelled option
 * would have no effect.
 *
 * @param of - the owner of these options, such as "a list".
 * @param name - the name of this object, if the object is an option itself. Errors put it before the names of its options.
 */
export function checkOptions(options: unknown, checks: OptionChecks, of: string, name = ""): void {
  if (!isOptions(options)) throw invalidArgument(name || "options", "must be an object of options");
  const path = name && `${name}.`;
  // An instance of a class, such as hooks, can have other fields and inherit its options.
  const isPlain = Object.getPrototypeOf(options) === Object.prototype;
  for (const key of Object.keys(isPlain ? options : checks)) {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (!check) {
      const names = Object.keys(checks);
      const near = closest(key, names);
      const hint = near ? `Did you mean ${path}${near}?` : `Options: ${names.join(", ")}`;
      throw invalidArgument(path + key, `is not an option of ${of}. ${hint}`);
    }
    if (options[key] !== undefined) check(options[key], path + key, of);
  }
}

/**
 * Returns a copy of options, including options that an instance of a class inherits. A value that is not an object is
 * returned as it is.
 */
export function copyOptions<Options>(options: Options, checks: OptionChecks): Options;
export function copyOptions(options: unknown, checks: OptionChecks): unknown {
  if (!isOptions(options)) return options;
  const copy: Record<string, unknown> = { ...options };
  for (const name in checks) if (name in options) copy[name] = options[name];
  return copy;
}

/** Checks that a value is an object, but not an AbortSignal in place of `{ signal }`. */
function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && !("aborted" in value);
}

/** Returns a check that the value passes a test. `what` describes a valid value, for the error's text. */
export function must(test: (value: unknown) => boolean, what: string): Check {
  return (value, option) => {
    if (!test(value)) throw invalidArgument(option, `must be ${what}`);
  };
}

/** Returns a check of an option that is an object of options. */
export function optionsBy(checks: OptionChecks): Check {
  return (value, option, of) => checkOptions(value, checks, of, option);
}

/** Returns a check of a whole number from `least` to `most`, which may be Infinity. */
export function count(least: number, most = Infinity): Check {
  return (value, option) => checkCount(value, option, least, most);
}

/** Returns a check of a number of milliseconds, at least `least`. Infinity is allowed. */
export function millis(least: number): Check {
  return must(
    (value) => typeof value === "number" && value >= least,
    `a number of milliseconds, at least ${least}`,
  );
}

/** Returns a check that the value is one of these strings. */
export function oneOf(...choices: readonly string[]): Check {
  return must(
    (value) => choices.some((choice) => choice === value),
    `one of ${choices.map((choice) => `"${choice}"`).join(", ")}`,
  );
}

/** Checks that the value is a function. */
export const callback: Check = /* @__PURE__ */ must((value) => typeof value === "function", "a function");

/** Returns a check that the value is an object with these methods. */
export function withMethods(...methods: readonly string[]): Check {
  return (value, option) => {
    const missing = methods.find((method) => !isRecord(value) || typeof value[method] !== "function");
    if (missing) throw invalidArgument(option, `must have a method \`${missing}\``);
  };
}

/** Checks that the value has the methods of a `Clock`. */
export const clock: Check = /* @__PURE__ */ withMethods("now", "setTimeout", "sleep");

/** Accepts any value. Other code checks the option when it reads it. */
export const checkedElsewhere: Check = () => {};
