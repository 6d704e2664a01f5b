import type { Json } from "../recording/recorded-call.js";
import type { FieldDifference } from "./field-differences.js";
import type { VerifiedCall } from "./verify-recording.js";

/** Returns the line to print for a call. Undefined if the responses are the same. */
export function lineOf({ call, verdict }: VerifiedCall): string | undefined {
  const start = `line ${call.step}, ${call.service}/${call.method}`;
  switch (verdict.kind) {
    case "same":
      return undefined;
    case "unknown":
      return `${start}: cannot be compared: ${verdict.why}`;
    case "follows":
      return `${start}: differs because line ${verdict.line} differs`;
    case "differs":
      return verdict.fields.map((field) => `${start}: ${differenceOf(field)}`).join("\n");
  }
}

/** Returns the line to print at the end: how many calls there were, by verdict. */
export function summaryOf(verified: readonly VerifiedCall[]): string {
  const count = (kind: VerifiedCall["verdict"]["kind"]) =>
    verified.filter(({ verdict }) => verdict.kind === kind).length;
  const [differ, follow, unknown] = [count("differs"), count("follows"), count("unknown")];
  const follows = follow === 0 ? "" : `, and ${follow} more because of them`;
  const skipped = unknown === 0 ? "" : `; ${unknown} cannot be compared`;
  return `${calls(verified.length)}: ${count("same")} the same, ${differ} ${differ === 1 ? "differs" : "differ"}${follows}${skipped}.`;
}

function calls(number: number): string {
  return number === 1 ? "1 call" : `${number} calls`;
}

function differenceOf({ path, recorded, mock }: FieldDifference): string {
  return `${path}: the recording has ${shown(recorded)}, the mock has ${shown(mock)}`;
}

function shown(value: Json | undefined): string {
  // The text of a server must not start a new line or move the cursor.
  return value === undefined ? "nothing" : JSON.stringify(value).replace(/\p{Cc}+/gu, " ");
}
