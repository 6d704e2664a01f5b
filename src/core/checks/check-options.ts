/** Checks of options by a table. Each throws an `InvalidArgumentError` that begins with the option's name. */
import { invalidArgument } from "../errors/invalid-argument.js";
import { isRecord } from "../json/fields.js";
import { checkCount } from "./arguments.js";
import { closest } from "./closest.js";

/** Checks the value of an option, which is not undefined. `of` is what has the option, for the error's text. */
export type Check = (value: unknown, option: string, of: string) => unknown;

/** Any table of options. */
export type OptionChecks = Readonly<Record<string, Check>>;

/** A table of these options. It has a check for each one, so that none is forgotten. */
export type Checks<Options> = { readonly [Name in keyof Options]-?: Check };

/**
 * Checks an object of options. Unknown ones are errors, also if they are undefined: a misspelled name has no effect.
 *
 * @param of - what has these options, such as "a list".
 * @param name - the object's own name, if it is an option itself. The names of its options begin with it.
 */
export function checkOptions(options: unknown, checks: OptionChecks, of: string, name = ""): void {
  if (!isRecord(options)) throw invalidArgument(name || "options", "must be an object");
  const path = name && `${name}.`;
  // An instance of a class, as hooks may be, can have fields of its own, and inherit its options.
  const isPlain = Object.getPrototypeOf(options) === Object.prototype;
  for (const key of Object.keys(isPlain ? options : checks)) {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (!check) {
      const names = Object.keys(checks);
      const near = closest(key, names);
      const hint = near ? `Did you mean ${path}${near}?` : `The options are: ${names.join(", ")}`;
      throw invalidArgument(path + key, `is not an option of ${of}. ${hint}`);
    }
    if (options[key] !== undefined) check(options[key], path + key, of);
  }
}

/** A copy of options as they are now, with those that an instance of a class inherits. What is not an object stays as it is. */
export function copyOptions<Options>(options: Options, checks: OptionChecks): Options;
export function copyOptions(options: unknown, checks: OptionChecks): unknown {
  if (!isRecord(options)) return options;
  const copy: Record<string, unknown> = { ...options };
  for (const name in checks) if (name in options) copy[name] = options[name];
  return copy;
}

/** A check by a test. `what` is what the value must be. */
export function must(test: (value: unknown) => boolean, what: string): Check {
  return (value, option) => {
    if (!test(value)) throw invalidArgument(option, `must be ${what}`);
  };
}

/** Options inside of an option. */
export function optionsBy(checks: OptionChecks): Check {
  return (value, option, of) => checkOptions(value, checks, of, option);
}

/** A whole number. `most` may be Infinity. */
export function count(least: number, most = Infinity): Check {
  return (value, option) => checkCount(option, value, least, most);
}

/** A time in milliseconds. Infinity is one. */
export function millis(least: number): Check {
  return must(
    (value) => typeof value === "number" && value >= least,
    `a number of milliseconds, at least ${least}`,
  );
}

/** One of these texts. */
export function oneOf(...texts: readonly string[]): Check {
  return must(
    (value) => texts.some((text) => text === value),
    `one of ${texts.map((text) => `"${text}"`).join(", ")}`,
  );
}

/** A function. */
export const callback: Check = /* @__PURE__ */ must((value) => typeof value === "function", "a function");

/** An object with these methods. */
export function withMethods(...methods: readonly string[]): Check {
  return (value, option) => {
    const missing = methods.find((method) => !isRecord(value) || typeof value[method] !== "function");
    if (missing) throw invalidArgument(option, `must have a method \`${missing}\``);
  };
}

/** A clock. */
export const clock: Check = /* @__PURE__ */ withMethods("now", "setTimeout", "sleep");

/** For an option that is checked where it is read. */
export const elsewhere: Check = () => {};
