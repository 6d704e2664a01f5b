import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { pathToString } from "@bufbuild/protobuf/reflect";
import { createValidator, type Validator, type Violation, violationsToProto } from "@bufbuild/protovalidate";
import { Code, ConnectError } from "@connectrpc/connect";

let shared: Validator | undefined;

/**
 * Checks a request by the rules in its schema.
 *
 * @throws ConnectError `invalid_argument` with a `buf.validate.Violations` detail, when it breaks one.
 */
export function checkRules<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): void {
  // One for all servers, and made late: it keeps what it has compiled, and rules never change.
  shared ??= createValidator();
  const result = shared.validate(schema, message);
  if (result.kind === "valid") return;
  if (result.kind === "error") throw result.error;
  const [value, desc] = violationsToProto(result.violations);
  throw new ConnectError(describe(result.violations), Code.InvalidArgument, undefined, [{ desc, value }]);
}

/** Words it as protovalidate does in Go, where the real servers run it. */
function describe(violations: readonly Violation[]): string {
  const lines = violations.map(({ field, message, ruleId }) => {
    const path = pathToString(field);
    return `${path === "" ? "" : `${path}: `}${message === "" ? `[${ruleId}]` : message}`;
  });
  return lines.length === 1
    ? `validation error: ${lines[0]}`
    : `validation errors:\n${lines.map((line) => ` - ${line}`).join("\n")}`;
}
