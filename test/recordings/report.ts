import type { ReplayedCall } from "./replay.js";

/** The number of calls before a failed one to show. */
const shown = 8;

/** Describes a call that differs: the request, both responses, and the calls before it. */
export function report(replayed: readonly ReplayedCall[], index: number): string {
  const failing = replayed[index];
  if (failing === undefined) throw new RangeError(`there is no call ${index}`);
  const { call, request, received, differences } = failing;
  const { httpStatus, code, message, details, response } = call;
  return [
    `step ${call.step} (${call.section}: ${call.label || "-"}) differs in ${differences.join(", ")}`,
    `  request   ${request.method} ${request.path} as ${call.as ?? "nobody"} ${request.body}`,
    `  recorded  ${JSON.stringify({ httpStatus, code, message, details, response })}`,
    `  mock      ${JSON.stringify(received)}`,
    "  before it:",
    ...replayed.slice(Math.max(0, index - shown), index).map((before) => `    ${line(before)}`),
  ].join("\n");
}

function line({ call, request, received }: ReplayedCall): string {
  const outcome =
    received.code === null ? JSON.stringify(received.response) : `${received.code}: ${received.message}`;
  return `${call.step} ${call.method} as ${call.as ?? "nobody"} ${request.body} -> ${received.httpStatus} ${outcome}`;
}
