import { isTimeout } from "./abort.js";
import {
  ApiError,
  CanceledError,
  DeadlineExceededError,
  InvalidArgumentError,
  UnexpectedResponseError,
} from "./errors.js";
import type { ListOptions, Page } from "./list.js";
import type { CallOptions } from "./options.js";

/** Asks the API for one page. `token` is the API's own; empty for the first page. */
export type FetchPage<T> = (request: {
  readonly token: string;
  readonly pageSize: number | undefined;
  readonly options: CallOptions;
}) => Promise<PageAnswer<T>>;

/** What the API answers to it. `nextToken` is empty on the last page. */
export interface PageAnswer<T> {
  readonly items: T[];
  readonly nextToken: string;
  readonly total?: number | undefined;
}

/** A place in a list: so many items after the beginning of the page that the API's token names. */
interface Place {
  readonly token: string;
  readonly skip: number;
}

/** A page on the way, and what an abort while item `index` is about to come out means. */
interface Step<T> {
  readonly page: Page<T>;
  interrupted(index: number): ApiError | undefined;
}

/** Goes through a list page by page. It holds one page, and with `prefetch` a second, however long the list is. */
export async function* walk<T>(
  fetchPage: FetchPage<T>,
  options: ListOptions,
): AsyncGenerator<Step<T>, void, undefined> {
  const { cursor, limit = Number.POSITIVE_INFINITY, pageSize, prefetch = false, ...callOptions } = options;
  checkCount("limit", limit, 0);
  checkCount("pageSize", pageSize ?? 1, 1);
  const { signal } = callOptions;
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort);

  const request = (token: string) =>
    fetchPage({ token, pageSize, options: { ...callOptions, signal: controller.signal } });
  const comesAgain = cycleGuard();
  let { token, skip } = parseCursor(cursor);
  let left = limit;
  let next: Promise<PageAnswer<T>> | undefined;
  try {
    while (left > 0) {
      const answer = await (next ?? request(token)).catch((reason: unknown) => {
        throw placed(reason, { token, skip });
      });
      const here = token;
      const begin = Math.min(skip, answer.items.length);
      const items =
        begin || answer.items.length > left ? answer.items.slice(begin, begin + left) : answer.items;
      const cut = begin + items.length < answer.items.length;
      skip -= begin;
      left -= items.length;
      token = answer.nextToken;
      const loops = token !== "" && comesAgain(token);
      next = prefetch && token && !loops && left > 0 ? request(token) : undefined;
      // Looked at when its turn comes; until then a failure is nobody's.
      next?.catch(() => {});
      const cursorAfter = cut
        ? toCursor({ token: here, skip: begin + items.length })
        : token && toCursor({ token, skip });
      yield {
        page: {
          items,
          cursor: cursorAfter || undefined,
          ...(answer.total !== undefined && { total: answer.total }),
        },
        interrupted: (index) =>
          signal?.aborted
            ? placed(abortError(signal.reason), { token: here, skip: begin + index })
            : undefined,
      };
      if (loops && left > 0) {
        throw new UnexpectedResponseError(
          "the list does not end: the server gave out a cursor that it had given before",
        );
      }
      if (!token) return;
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    controller.abort();
  }
}

/**
 * Tells when a token comes round again, with one token's memory whatever the
 * length of the cycle (Brent): it remembers every token whose number is a power of two.
 */
function cycleGuard(): (token: string) => boolean {
  let remembered: string | undefined;
  let steps = 0;
  let lap = 1;
  return (token) => {
    if (token === remembered) return true;
    steps += 1;
    if (steps === lap) {
      remembered = token;
      steps = 0;
      lap *= 2;
    }
    return false;
  };
}

function toCursor({ token, skip }: Place): string {
  return `${skip}:${token}`;
}

function parseCursor(cursor: string | undefined): Place {
  if (cursor === undefined) return { token: "", skip: 0 };
  const [, skip, token] = /^(\d{1,15}):(.*)$/s.exec(cursor) ?? [];
  if (skip === undefined || token === undefined) {
    throw new InvalidArgumentError(
      "cursor is none that a list gave out: pass a page's or an error's `cursor` as it is",
    );
  }
  return { token, skip: Number(skip) };
}

/** The error with the place to go on from; the list's beginning needs none. */
function placed<Reason>(reason: Reason, place: Place): Reason {
  if (reason instanceof ApiError && (place.token || place.skip)) reason.cursor = toCursor(place);
  return reason;
}

function abortError(cause: unknown): ApiError {
  return isTimeout(cause)
    ? new DeadlineExceededError("the signal's time ran out between two items of the list", { cause })
    : new CanceledError("canceled by the caller's signal between two items of the list", { cause });
}

function checkCount(name: string, value: number, least: number): void {
  if (value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && value >= least)) return;
  throw new InvalidArgumentError(`${name} must be a whole number from ${least}, not ${value}`, {
    violations: [{ field: name, rule: "", message: `must be a whole number from ${least}` }],
  });
}
