import { type Difference, differences, type FieldsOf, plain, project, show } from "./match.js";

/** What is looked at of a call. */
interface ExpectedCall {
  readonly method: string;
  readonly request: object;
  readonly at: number;
}

/** An expectation that was not met. Test runners show `expected` and `actual` beside each other. */
export class CallAssertionError extends Error {
  /** As assertions of Node and of test runners are called. */
  override readonly name = "AssertionError";
  /** By which node:test knows an assertion. */
  readonly code = "ERR_ASSERTION";
  /** A number of calls, or the fields of a request. */
  readonly expected: unknown;
  /** What there was in their place; undefined where there was no call. */
  readonly actual: unknown;

  /** Made by {@link CallExpectation}'s methods. */
  constructor(message: string, expected: unknown, actual: unknown) {
    super(message);
    this.expected = expected;
    this.actual = actual;
  }
}

/** What is expected of the calls of one method. Calls that failed count, too. @throws CallAssertionError */
export interface CallExpectation<Request extends object> {
  /** The opposite of what follows. */
  readonly not: CallExpectation<Request>;
  /** There was such a call, or more. */
  toHaveBeenCalled(): void;
  /** There was one such call. */
  toHaveBeenCalledOnce(): void;
  /** There were so many such calls. */
  toHaveBeenCalledTimes(count: number): void;
  /** One of the calls had a request with these fields. */
  toHaveBeenCalledWith(request: FieldsOf<Request>): void;
  /** The last call had a request with these fields. */
  toHaveBeenLastCalledWith(request: FieldsOf<Request>): void;
  /** The call of this number, from 1, had a request with these fields. */
  toHaveBeenNthCalledWith(nth: number, request: FieldsOf<Request>): void;
}

/** What an expectation is about. */
export interface Subject {
  readonly method: string;
  /** The calls of the method, oldest first. */
  readonly calls: readonly ExpectedCall[];
  /** All calls of the server. */
  readonly all: readonly ExpectedCall[];
  /** What the requests must hold to count. */
  readonly match: object;
}

/** An expectation of a log's calls. */
export function expectation<Request extends object>(
  subject: Subject,
  isNot = false,
): CallExpectation<Request> {
  const { method, match } = subject;
  const found = subject.calls.filter(({ request }) => differences(match, request).length === 0);
  const such = Object.keys(match).length === 0 ? "" : ` with ${show(match)}`;

  function times(isMet: boolean, wanted: string, expected: unknown): void {
    if (isMet !== isNot) return;
    const called = `${method} was called ${count(found.length)}${such}, but should ${isNot ? "not " : ""}have been called${wanted}.`;
    if (isNot || such === "" || found.length > 0) {
      throw new CallAssertionError(`${called}\n${listed(found, subject)}`, expected, found.length);
    }
    throw missed(called, match, subject.calls, subject);
  }

  function oneOf(candidates: readonly ExpectedCall[], which: string, request: object): void {
    const whole = { ...match, ...request };
    const hit = candidates.find((call) => differences(request, call.request).length === 0);
    if ((hit !== undefined) !== isNot) return;
    if (hit === undefined) {
      throw missed(`${which}${such} should have had ${show(request)}.`, whole, candidates, subject);
    }
    throw new CallAssertionError(
      `${which}${such} should not have had ${show(request)}.`,
      plain(request),
      project(request, hit.request),
    );
  }

  return {
    get not() {
      return expectation<Request>(subject, !isNot);
    },
    toHaveBeenCalled: () => times(found.length > 0, "", isNot ? 0 : 1),
    toHaveBeenCalledOnce: () => times(found.length === 1, " once", 1),
    toHaveBeenCalledTimes: (wanted) => times(found.length === wanted, ` ${count(wanted)}`, wanted),
    toHaveBeenCalledWith: (request) => oneOf(found, `one of the calls of ${method}`, request),
    toHaveBeenLastCalledWith: (request) => oneOf(found.slice(-1), `the last call of ${method}`, request),
    toHaveBeenNthCalledWith: (nth, request) =>
      oneOf(found.slice(nth - 1, nth), `call ${nth} of ${method}`, request),
  };
}

/** The error for calls none of which fits, with the one that came nearest. */
function missed(
  text: string,
  match: object,
  candidates: readonly ExpectedCall[],
  subject: Subject,
): CallAssertionError {
  const nearest = candidates
    .map((call) => ({ call, found: differences(match, call.request) }))
    // Of two that are as near the later one is more likely meant.
    .reduceRight<{ call: ExpectedCall; found: Difference[] } | undefined>(
      (best, next) => (best === undefined || next.found.length < best.found.length ? next : best),
      undefined,
    );
  if (nearest === undefined) {
    return new CallAssertionError(`${text}\n${listed([], subject)}`, plain(match), undefined);
  }
  const { call, found } = nearest;
  const place = `call ${subject.calls.indexOf(call) + 1} of ${subject.calls.length}, at ${time(call)}`;
  const lines = found.map(
    ({ path, expected, actual }) => `  ${path}: expected ${show(expected)}, was ${show(actual)}`,
  );
  return new CallAssertionError(
    `${text}\nThe nearest is ${place}:\n${lines.join("\n")}`,
    plain(match),
    project(match, call.request),
  );
}

/** The calls that there were: of the method, or, where it has none, of others. */
function listed(found: readonly ExpectedCall[], { method, all }: Subject): string {
  if (found.length > 0) {
    const lines = found.slice(0, 5).map((call) => `  at ${time(call)} ${show(call.request)}`);
    const more = found.length > 5 ? [`  and ${found.length - 5} more`] : [];
    return [`Such calls of ${method}:`, ...lines, ...more].join("\n");
  }
  const counts = new Map<string, number>();
  for (const call of all) counts.set(call.method, (counts.get(call.method) ?? 0) + 1);
  if (counts.size === 0) return "The server was not called at all.";
  return `What was called: ${Array.from(counts, ([name, times]) => `${name} (${times})`).join(", ")}.`;
}

function count(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}

function time({ at }: ExpectedCall): string {
  return new Date(at).toISOString();
}
