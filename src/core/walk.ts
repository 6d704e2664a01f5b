import { isTimeout } from "./abort.js";
import { checkCount } from "./convert.js";
import { parseCursor, placed, toCursor } from "./cursor.js";
import { CanceledError, DeadlineExceededError, UnexpectedResponseError } from "./errors.js";
import type { FetchPage, ListOptions, Page, PageAnswer } from "./page.js";

/**
 * Goes through a list page by page, and gives out what `unpack` makes of each: the page itself, or its items. It holds
 * one page, and with `prefetch` a second, however long the list is. Of `limit` and the options' own the smaller one counts.
 */
export function walk<T, Out>(
  fetchPage: FetchPage<T>,
  options: ListOptions,
  unpack: (page: Page<T>) => Iterable<Out>,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Out, void, undefined> {
  const controller = new AbortController();
  const steps = walkUntil(controller, fetchPage, options, unpack, limit);
  // A generator's own `return` waits for the step that is under way, hence for a request in flight.
  const leave = steps.return.bind(steps);
  steps.return = (value) => {
    controller.abort(left);
    return leave(value);
  };
  return steps;
}

async function* walkUntil<T, Out>(
  controller: AbortController,
  fetchPage: FetchPage<T>,
  options: ListOptions,
  unpack: (page: Page<T>) => Iterable<Out>,
  most: number,
): AsyncGenerator<Out, void, undefined> {
  const { cursor, limit = Number.POSITIVE_INFINITY, pageSize, prefetch = false, ...callOptions } = options;
  for (const value of [limit, most]) checkCount("limit", value, 0, Number.POSITIVE_INFINITY);
  // The most that the APIs' 32-bit fields hold.
  checkCount("pageSize", pageSize ?? 1, 1, 2 ** 31 - 1);
  let place = parseCursor(cursor);
  let wanted = Math.min(limit, most);

  const { signal } = callOptions;
  const request = async (token: string) =>
    fetchPage({ token, pageSize, options: { ...callOptions, signal: controller.signal } });
  const forward = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", forward, { signal: controller.signal });
  if (signal?.aborted) forward();

  const comesAgain = cycleGuard();
  let next: Promise<PageAnswer<T>> | undefined;
  try {
    while (wanted > 0) {
      let answer: PageAnswer<T>;
      try {
        answer = await (next ?? request(place.token));
      } catch (reason) {
        // Whoever has left does not want to hear of what that cut off.
        if (controller.signal.aborted && !signal?.aborted) return;
        throw placed(reason, place);
      }
      const { nextToken, total } = answer;
      const start = place;
      const items = answer.items.slice(start.skip, start.skip + wanted);
      wanted -= items.length;
      // A cursor may skip more than this page has, where it was made with larger pages.
      const end = start.skip + items.length;
      const cut = end < answer.items.length;
      place = cut ? { token: start.token, skip: end } : { token: nextToken, skip: end - answer.items.length };
      const more = cut || nextToken !== "";
      const loops = nextToken !== "" && (nextToken === start.token || comesAgain(nextToken));

      next = prefetch && more && !loops && wanted > 0 ? request(nextToken) : undefined;
      // Looked at when its turn comes; until then a failure is nobody's.
      next?.catch(() => {});

      const page: Page<T> = {
        items,
        cursor: more ? toCursor(place) : undefined,
        ...(total !== undefined && { total }),
      };
      let { skip } = start;
      for (const out of unpack(page)) {
        if (signal?.aborted) throw placed(abortError(signal.reason), { token: start.token, skip });
        yield out;
        skip += 1;
      }
      if (!more) return;
      if (loops && wanted > 0) {
        throw new UnexpectedResponseError(
          "the list does not end: the server gave out a page token that it had given before",
        );
      }
    }
  } finally {
    controller.abort(left);
  }
}

/** Why a request is cut off that nobody waits for. Nobody sees it; the platform's own reason would take 60 µs for its stack trace. */
const left = "the list was left";

function abortError(cause: unknown): CanceledError | DeadlineExceededError {
  return isTimeout(cause)
    ? new DeadlineExceededError("the signal's time ran out in the middle of a list", { cause })
    : new CanceledError("canceled by the caller's signal in the middle of a list", { cause });
}

/**
 * Tells when a token comes round again, whatever the length of the cycle, with
 * the memory of one token (Brent): of each lap, twice as long as the one
 * before, it remembers the last.
 */
function cycleGuard(): (token: string) => boolean {
  let remembered = "";
  let steps = 0;
  let lap = 1;
  return (token) => {
    const again = token === remembered;
    steps += 1;
    if (steps === lap) {
      remembered = token;
      steps = 0;
      lap *= 2;
    }
    return again;
  };
}
