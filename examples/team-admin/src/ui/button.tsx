import type { ReactNode, Ref } from "react";
import { Spinner } from "./icons.tsx";

/** A button. While it is busy, it keeps its width and the focus, and ignores clicks. */
export function Button({
  kind = "plain",
  size = "medium",
  type = "button",
  isBusy = false,
  autoFocus = false,
  label,
  ref,
  onClick,
  children,
}: {
  kind?: "plain" | "primary" | "danger" | "quiet";
  size?: "medium" | "small";
  type?: "button" | "submit";
  isBusy?: boolean;
  autoFocus?: boolean;
  /** The accessible name, if the text of the button is not clear by itself. It must begin with that text. */
  label?: string;
  ref?: Ref<HTMLButtonElement>;
  onClick?: () => void;
  children: ReactNode;
}) {
  return (
    <button
      ref={ref}
      type={type}
      className={`button button-${kind} button-${size}`}
      aria-label={label}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      data-autofocus={autoFocus || undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.();
      }}
    >
      {isBusy && <Spinner />}
      <span className="button-label">{children}</span>
    </button>
  );
}
