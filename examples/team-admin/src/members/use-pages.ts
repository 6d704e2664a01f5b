import { useState } from "react";

/** A part of a list, and the way to its other parts. */
export interface Pages<T> {
  readonly items: readonly T[];
  /** Zero-based places of the first item shown, and of the first one after. */
  readonly start: number;
  readonly end: number;
  readonly total: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly previous: () => void;
  readonly next: () => void;
  readonly toFirst: () => void;
}

/** Cuts a list into pages. Vydon returns all members at once, so that turning a page costs no request. */
export function usePages<T>(all: readonly T[], size: number): Pages<T> {
  const [wanted, setPage] = useState(0);
  // A list may have grown shorter since the page was turned.
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
