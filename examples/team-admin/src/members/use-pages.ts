import { useState } from "react";

/** A page of a list, and functions that show other pages. */
export interface Pages<T> {
  readonly items: readonly T[];
  /** The index of the first item on the page, and of the first item after it. */
  readonly start: number;
  readonly end: number;
  readonly total: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly previous: () => void;
  readonly next: () => void;
  readonly toFirst: () => void;
}

/** Cuts a list into pages. Vydon returns all members at once, so another page needs no request. */
export function usePages<T>(all: readonly T[], size: number): Pages<T> {
  const [wanted, setPage] = useState(0);
  // The list may have become shorter in the meantime.
  const page = Math.min(wanted, Math.max(0, Math.ceil(all.length / size) - 1));
  const start = page * size;
  const end = Math.min(start + size, all.length);
  return {
    items: all.slice(start, end),
    start,
    end,
    total: all.length,
    hasPrevious: page > 0,
    hasNext: end < all.length,
    previous: () => setPage(page - 1),
    next: () => setPage(page + 1),
    toFirst: () => setPage(0),
  };
}
