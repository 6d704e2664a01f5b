import { type ReactNode, useEffect, useId, useRef } from "react";

/**
 * A modal dialog: the browser keeps the focus in it, closes it at Escape, and gives the focus back to where it was. One
 * without `onClose` can't be closed but by what is in it.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose?: () => void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    const first = dialog?.querySelector<HTMLElement>("[data-autofocus]") ?? dialog?.querySelector("input");
    first?.focus();
    return () => {
      dialog?.close();
      // An opener that has left the page (a removed member's button) can't have it back.
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        // Left to the browser, a second Escape would close what can't be closed.
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose?.();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose?.();
      }}
    >
      <div className="dialog-body">
        <h2 id={titleId} className="dialog-title">
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}

/** The buttons at a dialog's end. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="dialog-actions">{children}</div>;
}
