import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import type { RecordedCall } from "../recording/recorded-call.js";
import type { Difference } from "./compare.js";
import { type FieldDifference, fieldDifferences } from "./field-differences.js";
import { type Placeholders, placeholdersIn } from "./placeholders.js";
import type { Received } from "./send.js";

/** A recorded call, and the mock's response to it. */
export interface ReplayedCall {
  readonly call: RecordedCall;
  readonly received: Received;
  /** Empty if the responses are the same. */
  readonly differences: readonly Difference[];
}

/** The result of a replay for one call. */
export type Verdict =
  | { readonly kind: "same" }
  | { readonly kind: "differs"; readonly fields: readonly FieldDifference[] }
  /** The response depends on state that the mock does not have, or the call cannot be sent again. */
  | { readonly kind: "unknown"; readonly why: string }
  /** The call depends on a value that an earlier call, on this line, did not return. */
  | { readonly kind: "follows"; readonly line: number };

/** Judges the calls of a replay, in their order. */
export class Judge {
  readonly #placeholders: Placeholders;
  /** The placeholders that were never bound, with the line of the first call that should have returned them, and its verdict. */
  readonly #missing = new Map<string, { readonly line: number; readonly verdict: Verdict }>();

  constructor(placeholders: Placeholders) {
    this.#placeholders = placeholders;
  }

  /**
   * Judges a call.
   *
   * @param isOutsider - whether the caller's token is from before the recording.
   */
  judge(replayed: ReplayedCall, method: DescMethod, isOutsider: boolean): Verdict {
    const verdict = this.#verdictOf(replayed, method, isOutsider);
    this.#addMissing(replayed.call, verdict);
    return verdict;
  }

  /** Returns the verdict for a call that cannot be sent again. */
  skip(call: RecordedCall, why: string): Verdict {
    const verdict = unknown(why);
    this.#addMissing(call, verdict);
    return verdict;
  }

  /** Adds the values that a call should have returned, but has not. */
  #addMissing({ step, response, message, details }: RecordedCall, verdict: Verdict): void {
    for (const name of placeholdersIn([response, message, details])) {
      if (this.#placeholders.isInvented(name) && !this.#missing.has(name))
        this.#missing.set(name, { line: step, verdict });
    }
  }

  #verdictOf(
    { call, received, differences }: ReplayedCall,
    method: DescMethod,
    isOutsider: boolean,
  ): Verdict {
    if (differences.length === 0) return { kind: "same" };
    if (call.code === "unauthenticated" && isOutsider && differences.every((each) => each === "text"))
      return unknown("the recording does not contain the reason why the server refused the token");
    const missing = this.#missingIn(call);
    if (missing !== undefined) return missing;
    if (call.unrecorded !== undefined)
      return unknown(`the recording does not contain ${call.unrecorded.join(" and ")}`);

    const found = this.#fields({ call, received, differences });
    const whole = { path: "response", recorded: call.response, mock: received.response, isOfUnknown: false };
    const fields = found.length === 0 ? [whole] : found;
    const isRead = onlyReads(method);
    if (isRead && fields.every(({ isOfUnknown }) => isOfUnknown)) {
      const paths = fields.map(({ path }) => path).join(", ");
      return unknown(`${paths} ${fields.length === 1 ? "is" : "are"} from before the recording began`);
    }
    const isMockRefusal = received.code !== null && refusals.has(received.code) && call.code === null;
    if (isOutsider && isMockRefusal && received.message?.startsWith("the token is for an account"))
      return unknown("the token is for a user of an organization from before the recording began");
    if (isRead && isOutsider && isMockRefusal && placeholdersIn(call.request).length === 0)
      return unknown("the recording does not contain the state of the caller before it began");
    return { kind: "differs", fields };
  }

  /** Returns the verdict of a call whose request depends on a value that the mock has never returned. Undefined if there is none. */
  #missingIn({ as, request, code }: RecordedCall): Verdict | undefined {
    const missing = placeholdersIn([as, request]).filter(
      (name) => /^<(uuid|UUID|id|token|key|secret|code)\b/.test(name) && this.#placeholders.isInvented(name),
    );
    for (const name of missing) {
      const { line, verdict } = this.#missing.get(name) ?? {};
      if (line === undefined) continue;
      if (verdict?.kind === "differs") return { kind: "follows", line };
      if (verdict?.kind === "follows") return verdict;
    }
    const [named] = missing.filter((name) => name !== as);
    // If the real server did not find it either, nothing is missing.
    if (named === undefined || code === "not_found") return undefined;
    return unknown(
      `${named} of the request is from before the recording began, or does not come from a recorded call`,
    );
  }

  #fields({ call, received, differences }: ReplayedCall): FieldDifference[] {
    const of = (path: string, recorded: FieldDifference["recorded"], mock: FieldDifference["mock"]) =>
      fieldDifferences({ path, recorded, mock, isOfUnknown: false }, this.#placeholders);
    const outcome = {
      path: "code",
      recorded: outcomeOf(call),
      mock: outcomeOf(received),
      isOfUnknown: false,
    };
    if (call.code !== received.code) return [outcome];
    return [
      ...(differences.includes("status") ? of("httpStatus", call.httpStatus, received.httpStatus) : []),
      ...(differences.includes("text") ? of("message", call.message, received.message) : []),
      ...(differences.includes("details") ? of("details", call.details ?? [], received.details ?? []) : []),
      ...(differences.includes("response") ? of("response", call.response, received.response) : []),
    ];
  }
}

/** The codes that the mock returns if state from before the recording is missing. */
const refusals: ReadonlySet<string> = new Set([
  "unauthenticated",
  "permission_denied",
  "not_found",
  "failed_precondition",
  "unknown",
]);

/** Checks whether a method only reads. FAM declares no method as a read, and Vydon not all of them, so the names decide. */
function onlyReads({ name, idempotency }: DescMethod): boolean {
  if (idempotency === Idempotency.NO_SIDE_EFFECTS) return true;
  return idempotency === Idempotency.IDEMPOTENT && /^(Get|List|Is|Has|Check)/.test(name);
}

function outcomeOf({ httpStatus, code, message }: Received): string {
  if (code !== null) return `${code}: ${message}`;
  return httpStatus === 200 ? "ok" : `no response of the API, status ${httpStatus}`;
}

function unknown(why: string): Verdict {
  return { kind: "unknown", why };
}
