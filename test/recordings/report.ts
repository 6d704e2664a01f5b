import type { ReplayedCall } from "./replay.js";

/** The number of calls before a failed one to show. */
const shown = 8;

/** Describes a call that differs: the request, both responses, and the calls before it. */
export function report(replayed: readonly ReplayedCall[], index: number): string {
  const failing = replayed[index];
  if (failing === undefined) throw new RangeError(`there is no call ${index}`);
  const { call, request, answer, differences } = failing;
  const { httpStatus, code, message, details, response } = call;
  return [
    `step ${call.step} (${call.section}: ${call.label || "-"}) differs in ${differences.join(", ")}`,
    `  request   ${request.method} ${request.path} as ${call.as ?? "nobody"} ${request.body}`,
    `  recorded  ${JSON.stringify({ httpStatus, code, message, details, response })}`,
    `  mock      ${JSON.stringify(answer)}`,
    "  before it:",
    ...replayed.slice(Math.max(0, index - shown), index).map((before) => `    ${line(before)}`),
  ].join("\n");
}

function line({ call, request, answer }: ReplayedCall): string {
  const outcome =
    answer.code === null ? JSON.stringify(answer.response) : `${answer.code}: ${answer.message}`;
  return `${call.step} ${call.method} as ${call.as ?? "nobody"} ${request.body} -> ${answer.httpStatus} ${outcome}`;
}
