import { toMs } from "./duration.js";
import { codes } from "./errors.js";
import type { FaultOptions } from "./fault-options.js";
import { didYouMean } from "./names.js";
import { wireFaults } from "./wire-faults.js";

/** @throws Error or RangeError if an option of a fault is invalid, or if two do not go together. */
export function checkFault(options: FaultOptions): void {
  const { code, wire, latencyMs, retryAfter, probability } = options;
  if (code === undefined && wire === undefined && latencyMs === undefined) {
    throw new Error("a fault needs a code or wire, to fail the call with, or latencyMs, to delay it");
  }
  if (code !== undefined && !Object.hasOwn(codes, code)) {
    throw new Error(`"${code}" is not a code: give one of ${Object.keys(codes).join(", ")}`);
  }
  if (wire !== undefined && !wireFaults.includes(wire)) {
    throw new Error(
      `"${wire}" is not a fault of the wire: ${didYouMean(wire, wireFaults) || `give one of ${wireFaults.join(", ")}`}`,
    );
  }
  checkTogether(options);
  for (const [name, least] of [
    ["times", 0],
    ["after", 0],
    ["every", 1],
  ] as const) {
    const count = options[name];
    if (count !== undefined && !(Number.isSafeInteger(count) && count >= least)) {
      throw new RangeError(`${name} is ${count}: give a whole number, ${least} or more`);
    }
  }
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    throw new RangeError(`probability is ${probability}: give a number from 0 to 1`);
  }
  toMs(latencyMs ?? 0);
  toMs(retryAfter ?? 0);
}

/** An option that has no effect is a mistake, too. */
function checkTogether({ code, wire, message, details, retryAfter }: FaultOptions): void {
  if (code !== undefined && wire !== undefined) {
    throw new Error(`a fault fails a call with a code or by the wire, not both: code ${code}, wire ${wire}`);
  }
  for (const [name, value] of Object.entries({ message, details })) {
    if (value !== undefined && code === undefined)
      throw new Error(`${name} belongs to an error: give a code, too`);
  }
  if (retryAfter !== undefined && code === undefined && !wire?.startsWith("html_")) {
    throw new Error(
      'retryAfter belongs to an error or a page: give a code, or wire "html_429" or "html_502"',
    );
  }
}
