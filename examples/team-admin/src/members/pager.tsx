import { NextIcon, PreviousIcon } from "../ui/icons.tsx";
import type { Pages } from "./use-pages.ts";

/** Shows which part of the list is on screen, and buttons for the other pages. */
export function Pager({ pages }: { pages: Pages<unknown> }) {
  const { start, end, total, hasPrevious, hasNext, previous, next } = pages;
  return (
    <nav className="pager" aria-label="Pages of members">
      <p className="pager-count">
        <strong>
          {number(start + 1)}–{number(end)}
        </strong>{" "}
        of {number(total)}
      </p>
      <Turn label="Previous page" isPossible={hasPrevious} onClick={previous}>
        <PreviousIcon />
      </Turn>
      <Turn label="Next page" isPossible={hasNext} onClick={next}>
        <NextIcon />
      </Turn>
    </nav>
  );
}

/**
 * A button for the next or previous page. It is not `disabled` at the end of the list, because it would lose the focus.
 */
function Turn({
  label,
  isPossible,
  onClick,
  children,
}: {
  label: string;
  isPossible: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      className="button button-plain button-icon"
      aria-label={label}
      aria-disabled={!isPossible || undefined}
      onClick={() => {
        if (isPossible) onClick();
      }}
    >
      {children}
    </button>
  );
}

function number(value: number): string {
  return value.toLocaleString("en");
}
