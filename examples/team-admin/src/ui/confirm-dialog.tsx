import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog, DialogActions } from "./dialog.tsx";
import { Problem } from "./problem.tsx";

/** Asks for confirmation of an action that cannot be undone. The button that cancels has the focus. */
export function ConfirmDialog({
  title,
  action,
  error,
  isBusy,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  /** The text of the button that performs the action. */
  action: string;
  error: Error | null;
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
  /** What the action will do. */
  children: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {error && <Problem error={error} />}
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          Keep
        </Button>
        <Button kind="danger" isBusy={isBusy} onClick={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
