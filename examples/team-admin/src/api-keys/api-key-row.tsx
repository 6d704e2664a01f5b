import type { VydonApiKey } from "tenantry";
import { Button } from "../ui/button.tsx";
import { expiry } from "./life.ts";

/** A key of the team. */
export function ApiKeyRow({
  apiKey,
  canEdit,
  onRegenerate,
  onDelete,
}: {
  apiKey: VydonApiKey;
  canEdit: boolean;
  onRegenerate: () => void;
  onDelete: () => void;
}) {
  const { name, expiresAt } = apiKey;
  const { tone, text } = expiry(expiresAt);
  return (
    <li className="row">
      <p className="row-name">{name}</p>
      {canEdit && (
        <div className="row-actions">
          <Button kind="quiet" size="small" label={`Regenerate ${name}`} onClick={onRegenerate}>
            Regenerate
          </Button>
          <Button kind="quiet" size="small" label={`Delete ${name}`} onClick={onDelete}>
            Delete
          </Button>
        </div>
      )}
      <p className="row-detail">
        {tone !== "good" && (
          <span className={`pill pill-${tone}`}>{tone === "warning" ? "Soon" : "Over"}</span>
        )}
        <time dateTime={expiresAt.toISOString()}>{text}</time>
      </p>
    </li>
  );
}
