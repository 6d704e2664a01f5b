import { count as checkCount, wholeNumber } from "../check-json.js";
import { type Difference, differences, type FieldsOf, inline, isMatcher, plain, project } from "./match.js";

const checkNth = wholeNumber(1);

/** The parts of a call that an expectation uses. */
interface ExpectedCall {
  readonly request: object;
  readonly at: number;
}

/** An expectation that was not met. Test runners inline `expected` and `actual` beside each other. */
export class CallAssertionError extends Error {
  /** The same name as the assertion errors of Node and of test runners. */
  override readonly name = "AssertionError";
  /** Shows node:test that this is an assertion. */
  readonly code = "ERR_ASSERTION";
  /** The expected number of calls, or the expected fields of a request. */
  readonly expected: unknown;
  /** The actual number or fields. Undefined if there was no call. */
  readonly actual: unknown;

  /** The methods of {@link CallExpectation} create it. */
  constructor(message: string, expected: unknown, actual: unknown) {
    super(message);
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * Assertions about the calls of one method. Calls that failed count, too.
 *
 * @throws CallAssertionError if the expectation is not met, and Error if the result depends on calls that were dropped, or if the request
 * never has a given field.
 */
export interface CallExpectation<Request extends object> {
  /** The same assertions, negated. */
  readonly not: CallExpectation<Request>;
  /** Checks that there was at least one such call. */
  toHaveBeenCalled(): void;
  /** Checks that there was exactly one such call. */
  toHaveBeenCalledOnce(): void;
  /** Checks that there were exactly `count` such calls. */
  toHaveBeenCalledTimes(count: number): void;
  /** Checks that one of the calls had a request with these fields. */
  toHaveBeenCalledWith(request: FieldsOf<Request>): void;
  /** Checks that the last call had a request with these fields. */
  toHaveBeenLastCalledWith(request: FieldsOf<Request>): void;
  /**
   * Checks that the nth call, counted from 1, had a request with these fields.
   *
   * @throws Error if `nth` is not a whole number, at least 1.
   */
  toHaveBeenNthCalledWith(nth: number, request: FieldsOf<Request>): void;
}

/** The calls that an expectation checks, and how to report them. */
export interface Subject {
  readonly method: string;
  /** The calls of the method that the log keeps, oldest first. */
  readonly calls: readonly ExpectedCall[];
  /** How many older calls of the method were dropped. */
  readonly dropped: number;
  /** Returns how many calls there were of each method of the server, by its name. Only a failure needs it. */
  readonly counts: () => ReadonlyMap<string, number>;
  /** The fields that a request must have for its call to count. */
  readonly match: object;
  /** Checks the fields that a test expects. @throws Error for a field that no request has. */
  readonly check: (fields: unknown) => void;
  /** The error if the result depends on dropped calls. */
  readonly unknown: (question: string) => Error;
}

/** Returns an expectation of a log's calls. */
export function expectation<Request extends object>(
  subject: Subject,
  isNot = false,
): CallExpectation<Request> {
  const { method, match, dropped } = subject;
  const found = subject.calls.filter(({ request }) => differences(match, request).length === 0);
  const isAny = !isMatcher(match) && Object.keys(match).length === 0;
  const such = isAny ? "" : ` with ${inline(match)}`;
  // Without a condition, dropped calls count too. With a condition, nothing shows which of the dropped calls meet
  // it.
  const [least, most] = [found.length + (isAny ? dropped : 0), found.length + dropped];

  function times(from: number, to: number, wanted: string, expected: unknown): void {
    const isMet = least >= from && most <= to;
    if (!isMet && most >= from && least <= to) {
      throw subject.unknown(`The log does not show how often ${method} was called${such}.`);
    }
    if (isMet !== isNot) return;
    const called = `${method} was called ${count(least)}${such}, but should ${isNot ? "not " : ""}have been called${wanted}.`;
    if (isNot || isAny || found.length > 0) {
      throw new CallAssertionError(`${called}\n${listed(found, least, subject)}`, expected, least);
    }
    throw missedError(called, match, subject.calls, subject);
  }

  function oneOf(candidates: readonly ExpectedCall[], areAll: boolean, which: string, request: object): void {
    subject.check(request);
    const whole = isMatcher(match) || isMatcher(request) ? request : { ...match, ...request };
    const hit = candidates.find((call) => differences(request, call.request).length === 0);
    if (hit === undefined && !areAll) {
      throw subject.unknown(`The log does not show whether ${which}${such} had ${inline(request)}.`);
    }
    if ((hit !== undefined) !== isNot) return;
    if (hit === undefined) {
      throw missedError(`${which}${such} should have had ${inline(request)}.`, whole, candidates, subject);
    }
    throw new CallAssertionError(
      `${which}${such} should not have had ${inline(request)}.`,
      plain(request),
      project(request, hit.request),
    );
  }

  return {
    get not() {
      return expectation<Request>(subject, !isNot);
    },
    toHaveBeenCalled: () => times(1, Number.POSITIVE_INFINITY, "", isNot ? 0 : 1),
    toHaveBeenCalledOnce: () => times(1, 1, " once", 1),
    toHaveBeenCalledTimes(wanted) {
      checkCount(wanted, "count");
      times(wanted, wanted, ` ${count(wanted)}`, wanted);
    },
    toHaveBeenCalledWith: (request) => oneOf(found, dropped === 0, `one of the calls of ${method}`, request),
    toHaveBeenLastCalledWith: (request) =>
      oneOf(found.slice(-1), dropped === 0 || found.length > 0, `the last call of ${method}`, request),
    toHaveBeenNthCalledWith(nth, request) {
      checkNth(nth, "nth");
      const index = nth - 1 - dropped;
      const isKnown = dropped === 0 || (isAny && index >= 0);
      oneOf(isKnown ? found.slice(index, index + 1) : [], isKnown, `call ${nth} of ${method}`, request);
    },
  };
}

/** Returns the error for the case that no call matches. It shows the most similar call. */
function missedError(
  text: string,
  match: object,
  candidates: readonly ExpectedCall[],
  subject: Subject,
): CallAssertionError {
  const nearest = candidates
    .map((call) => ({ call, found: differences(match, call.request) }))
    // Of two equally similar calls, the test more likely means the later one.
    .reduceRight<{ call: ExpectedCall; found: Difference[] } | undefined>(
      (best, next) => (best === undefined || next.found.length < best.found.length ? next : best),
      undefined,
    );
  if (nearest === undefined) {
    return new CallAssertionError(`${text}\n${listed([], 0, subject)}`, plain(match), undefined);
  }
  const { call, found } = nearest;
  const { calls, dropped } = subject;
  const place = `call ${dropped + calls.indexOf(call) + 1} of ${dropped + calls.length}, at ${time(call)}`;
  const lines = found.map(
    ({ path, expected, actual }) =>
      `  ${path || "the request"}: expected ${inline(expected)}, was ${inline(actual)}`,
  );
  return new CallAssertionError(
    `${text}\nThe most similar call is ${place}:\n${lines.join("\n")}`,
    plain(match),
    project(match, call.request),
  );
}

/** Lists the calls of the method, or, if there are none, of other methods. */
function listed(found: readonly ExpectedCall[], total: number, { method, counts }: Subject): string {
  if (found.length > 0) {
    const lines = found.slice(0, 5).map((call) => `  at ${time(call)} ${inline(call.request)}`);
    const more = total > lines.length ? [`  and ${total - lines.length} more`] : [];
    return [`Such calls of ${method}:`, ...lines, ...more].join("\n");
  }
  const called = Array.from(counts(), ([name, times]) => `${name} (${times})`);
  if (called.length === 0) return "The server was not called at all.";
  return `What was called: ${called.join(", ")}.`;
}

function count(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}

function time({ at }: ExpectedCall): string {
  return new Date(at).toISOString();
}
