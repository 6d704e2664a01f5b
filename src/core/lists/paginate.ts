import { onAbort } from "../call/on-abort.js";
import { checkOptions, type OptionChecks } from "../checks/check-options.js";
import { endedError } from "../errors/ended-error.js";
import { UnexpectedResponseError } from "../errors/errors.js";
import { parseCursor, toCursor, withCursor } from "./cursor.js";
import type { FetchedPage, FetchPage, ListOptions, Page } from "./page.js";

/** The function that fetches a list's pages, and the list's options. */
export interface ListSource<T> {
  readonly fetchPage: FetchPage<T>;
  readonly options: ListOptions;
  readonly checks: OptionChecks;
}

/** Returns the values to yield for a page: the page itself, or its items. */
type Unpack<T, Out> = (page: Page<T>, call: FetchedPage<T>["call"]) => Iterable<Out>;

/** Iterates over a list, for a loop of the caller. When the loop is left, the request in flight is canceled. */
export function iterate<T, Out>(
  source: ListSource<T>,
  unpack: Unpack<T, Out>,
): AsyncGenerator<Out, void, undefined> {
  const controller = new AbortController();
  const steps = paginate(source, unpack, Infinity, controller);
  // A generator's own `return` waits for the current step, and so for a request in flight. A stream that fails leaves with
  // `throw`.
  for (const way of ["return", "throw"] as const) {
    const leave = steps[way].bind(steps);
    steps[way] = (value) => {
      controller.abort(leftReason);
      return leave(value);
    };
  }
  return steps;
}

/**
 * Fetches the pages of a list, one after the other, and keeps one page in memory.
 *
 * @param ownLimit - the limit of this iteration. The smaller one of this one and the list's counts.
 * @param controller - for {@link iterate} only: it aborts when the loop is left. With it, the option `prefetch` has an
 * effect, and a second page may be in memory. Without it, a short list costs a third less.
 */
export async function* paginate<T, Out>(
  { fetchPage, options, checks }: ListSource<T>,
  unpack: Unpack<T, Out>,
  ownLimit = Infinity,
  controller?: AbortController,
): AsyncGenerator<Out, void, undefined> {
  checkOptions(options, checks, "a list");
  const { cursor, limit = Infinity, pageSize, prefetch, ...callOptions } = options;
  let position = parseCursor(cursor);
  let remaining = Math.min(limit, ownLimit);

  const { signal } = callOptions;
  const request = async (token: string) =>
    fetchPage({ token, pageSize, options: { ...callOptions, signal: controller?.signal ?? signal } });
  const forward = () => controller?.abort(signal?.reason);
  const removeListener = onAbort(signal, forward);
  if (signal?.aborted) forward();

  const isRepeated = cycleGuard();
  let emptyPages = 0;
  let next: Promise<FetchedPage<T>> | undefined;
  try {
    while (remaining > 0) {
      let fetched: FetchedPage<T>;
      try {
        fetched = await (next ?? request(position.token));
      } catch (reason) {
        // The request ended because the loop was left. That is not an error.
        if (controller?.signal.aborted && !signal?.aborted) return;
        throw withCursor(reason, position);
      }
      const { nextToken, total, call } = fetched;
      const start = position;
      const items = fetched.items.slice(start.skip, start.skip + remaining);
      remaining -= items.length;
      // A cursor from larger pages may skip more items than this page has.
      const end = start.skip + items.length;
      const cut = end < fetched.items.length;
      position = cut
        ? { token: start.token, skip: end }
        : { token: nextToken, skip: end - fetched.items.length };
      const more = cut || nextToken !== "";

      next = controller && prefetch && more && remaining > 0 ? request(nextToken) : undefined;
      // The page is awaited later. Until then, a failure must not count as unhandled.
      next?.catch(() => {});

      const page: Page<T> = {
        items,
        ...(more && { cursor: toCursor(position) }),
        ...(total !== undefined && { total }),
      };
      const reached = { ...start };
      for (const out of unpack(page, call)) {
        if (signal?.aborted) throw withCursor(endedError(signal.reason, "reading a list", true), reached);
        yield out;
        reached.skip += 1;
      }
      if (!more) return;
      if (remaining > 0 && (nextToken === start.token || isRepeated(nextToken)))
        throw withCursor(endlessList("the server repeats a page token"), { token: start.token, skip: end });
      emptyPages = fetched.items.length > 0 ? 0 : emptyPages + 1;
      if (emptyPages === maxEmptyPages)
        throw withCursor(endlessList(`${emptyPages} pages in a row are empty`), position);
    }
  } finally {
    removeListener();
    // Ends the request for a page that will not be used.
    if (next) controller?.abort(leftReason);
  }
}

function endlessList(why: string): UnexpectedResponseError {
  return new UnexpectedResponseError(`The list does not end: ${why}.`);
}

/** With a filter, many pages may be empty. More empty pages than this mean that the list does not end. */
const maxEmptyPages = 1_000;

/**
 * The abort reason of a request if its response is not needed. It is a string, because the platform's default, an
 * error, costs 60 µs for its stack trace.
 */
const leftReason = "the list was left";

/**
 * Returns a function that checks whether a token repeats, in a cycle of any length. It keeps one token in memory
 * (Brent's algorithm), and replaces it after 1, 2, 4, 8 tokens, and so on.
 */
function cycleGuard(): (token: string) => boolean {
  let remembered = "";
  let steps = 0;
  let keepAt = 1;
  return (token) => {
    const again = token === remembered;
    steps += 1;
    if (steps === keepAt) {
      remembered = token;
      keepAt *= 2;
    }
    return again;
  };
}
