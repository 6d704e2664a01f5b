import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions } from "../ui/dialog.tsx";
import { Problem } from "../ui/problem.tsx";

/** Covers the page until the user has signed in again. The page behind it keeps its state. */
export function SignedOutDialog({ onSignIn }: { onSignIn: () => Promise<void> }) {
  const queryClient = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();

  async function signIn(): Promise<void> {
    setBusy(true);
    try {
      await onSignIn();
      await queryClient.invalidateQueries();
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
      setBusy(false);
    }
  }

  return (
    <Dialog title="You have been signed out">
      <p>Your session has ended. Sign in again to continue. Nothing on this page is lost.</p>
      {error && <Problem error={error} />}
      <DialogActions>
        <Button kind="primary" isBusy={isBusy} onClick={signIn} autoFocus>
          Sign in again
        </Button>
      </DialogActions>
    </Dialog>
  );
}
