import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { VydonApiKey, VydonIssuedApiKey } from "tenantry";
import { useApi } from "../app/api.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { endAfter } from "./life.ts";
import { LifeSelect } from "./life-select.tsx";

/** Asks for confirmation before a key gets a new value, because the old one stops working. */
export function RegenerateDialog({
  apiKey,
  onClose,
  onIssued,
}: {
  apiKey: VydonApiKey;
  onClose: () => void;
  onIssued: (key: VydonIssuedApiKey) => void;
}) {
  const { mutations } = useApi();
  const [days, setDays] = useState(90);
  // The result has the key's value, which should not be kept longer than it is on screen.
  const regenerate = useMutation({ ...mutations.apiKeys.regenerate, gcTime: 0 });

  return (
    <ConfirmDialog
      title={`Regenerate ${apiKey.name}?`}
      action="Regenerate"
      error={regenerate.error}
      isBusy={regenerate.isPending}
      onConfirm={() =>
        regenerate.mutate({ keyId: apiKey.id, expiresAt: endAfter(days) }, { onSuccess: onIssued })
      }
      onClose={onClose}
    >
      <p>The key gets a new value. Programs that use the old one are refused at once.</p>
      <LifeSelect value={days} onChange={setDays} />
    </ConfirmDialog>
  );
}
