import { InvalidArgumentError } from "./errors.js";

/**
 * Returns the error for an argument or an option that is wrong. Its text contains the argument's name, but not its
 * value.
 */
export function invalidArgument(field: string, problem: string): InvalidArgumentError {
  return new InvalidArgumentError(`${field} ${problem}`, {
    violations: [{ field, rule: "", message: problem }],
  });
}
