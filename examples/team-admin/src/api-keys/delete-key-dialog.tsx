import { useMutation } from "@tanstack/react-query";
import type { VydonApiKey } from "tenantry";
import { useApi } from "../app/api.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useNotices } from "../ui/notices.tsx";

/** Asks for confirmation before a key is deleted. */
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
    <ConfirmDialog
      title={`Delete ${apiKey.name}?`}
      action="Delete"
      error={remove.error}
      isBusy={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>Programs that use this key are refused at once. This cannot be undone.</p>
    </ConfirmDialog>
  );
}
