import { InvalidArgumentError } from "./errors.js";

/** The error for an argument or an option that is wrong. Its text names the argument and contains no value. */
export function invalidArgument(field: string, problem: string): InvalidArgumentError {
  return new InvalidArgumentError(`${field} ${problem}`, {
    violations: [{ field, rule: "", message: problem }],
  });
}
