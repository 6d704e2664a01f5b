import { useMutation } from "@tanstack/react-query";
import type { VydonApiKey } from "tenantry";
import { useApi } from "../app/api.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions } from "../ui/dialog.tsx";
import { useNotices } from "../ui/notices.tsx";
import { Problem } from "../ui/problem.tsx";

/** Asks once more before a key is deleted. */
export function DeleteKeyDialog({
  apiKey,
  onClose,
  onDeleted,
}: {
  apiKey: VydonApiKey;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { mutations } = useApi();
  const { notify } = useNotices();
  const remove = useMutation(mutations.apiKeys.delete);

  function confirm(): void {
    remove.mutate(
      { keyId: apiKey.id },
      {
        onSuccess() {
          notify({ title: `${apiKey.name} was deleted`, detail: "Programs that use it are refused now." });
          onDeleted();
        },
      },
    );
  }

  return (
    <Dialog title={`Delete ${apiKey.name}?`} onClose={onClose}>
      <p>Programs that use this key are refused at once. This cannot be undone.</p>
      {remove.error && <Problem error={remove.error} />}
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          Keep
        </Button>
        <Button kind="danger" isBusy={remove.isPending} onClick={confirm}>
          Delete
        </Button>
      </DialogActions>
    </Dialog>
  );
}
