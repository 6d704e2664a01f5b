import { NextIcon, PreviousIcon } from "../ui/icons.tsx";
import type { Pages } from "./use-pages.ts";

/** Says which part of the list is on screen, and turns its pages. */
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

/** Not `disabled` at the last page: that would take the focus from under somebody's fingers. */
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
