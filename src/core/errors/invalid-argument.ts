import { InvalidArgumentError } from "./errors.js";

/** The error for an argument or an option that is wrong. It names the argument; its text has no value in it. */
export function invalidArgument(field: string, problem: string): InvalidArgumentError {
  return new InvalidArgumentError(`${field} ${problem}`, {
    violations: [{ field, rule: "", message: problem }],
  });
}
