import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { VydonApiKey, VydonIssuedApiKey } from "tenantry";
import { useApi } from "../app/api.tsx";
import { useCanEdit, useTeamQuery } from "../app/team.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Problem } from "../ui/problem.tsx";
import { RowSkeletons } from "../ui/skeleton.tsx";
import { ApiKeyRow } from "./api-key-row.tsx";
import { DeleteKeyDialog } from "./delete-key-dialog.tsx";
import { IssuedKeyDialog } from "./issued-key-dialog.tsx";
import { NewKeyDialog } from "./new-key-dialog.tsx";
import { RegenerateDialog } from "./regenerate-dialog.tsx";

type Open =
  | { readonly dialog: "new" }
  | { readonly dialog: "issued"; readonly apiKey: VydonIssuedApiKey }
  | { readonly dialog: "regenerate" | "delete"; readonly apiKey: VydonApiKey };

/** The keys with which the team's programs call the API. */
export function ApiKeysSection() {
  const { queries } = useApi();
  const canEdit = useCanEdit();
  const keys = useTeamQuery(queries.apiKeys.list);
  const [open, setOpen] = useState<Open>();
  const heading = useRef<HTMLHeadingElement>(null);
  const close = () => setOpen(undefined);
  const onIssued = (apiKey: VydonIssuedApiKey) => setOpen({ dialog: "issued", apiKey });

  return (
    <section className="card" aria-labelledby="api-keys-title">
      <div className="card-head">
        <h2 id="api-keys-title" className="card-title" tabIndex={-1} ref={heading}>
          API keys
        </h2>
        {canEdit && (
          <Button size="small" onClick={() => setOpen({ dialog: "new" })}>
            New key
          </Button>
        )}
      </div>
      {keys.error && !keys.data && <Problem error={keys.error} onRetry={() => keys.refetch()} />}
      {(keys.data || !keys.error) && (
        <ul className="rows api-keys" aria-busy={keys.isPending}>
          {keys.isPending && <RowSkeletons />}
          {/* The server promises no order. */}
          {keys.data
            ?.toSorted((one, other) => one.name.localeCompare(other.name))
            .map((apiKey) => (
              <ApiKeyRow
                key={apiKey.id}
                apiKey={apiKey}
                canEdit={canEdit}
                onRegenerate={() => setOpen({ dialog: "regenerate", apiKey })}
                onDelete={() => setOpen({ dialog: "delete", apiKey })}
              />
            ))}
          {keys.data?.length === 0 && (
            <li>
              <Empty title="No API keys" detail="A program needs one to act for this team." />
            </li>
          )}
        </ul>
      )}
      {open?.dialog === "new" && <NewKeyDialog onClose={close} onIssued={onIssued} />}
      {open?.dialog === "issued" && <IssuedKeyDialog apiKey={open.apiKey} onDone={close} />}
      {open?.dialog === "regenerate" && (
        <RegenerateDialog apiKey={open.apiKey} onClose={close} onIssued={onIssued} />
      )}
      {open?.dialog === "delete" && (
        <DeleteKeyDialog
          apiKey={open.apiKey}
          onClose={close}
          onDeleted={() => {
            // The dialog closes now, because nothing behind a dialog can have the focus.
            flushSync(close);
            // The pressed button no longer exists, because its row is gone.
            heading.current?.focus();
          }}
        />
      )}
    </section>
  );
}
