import { useMutation } from "@tanstack/react-query";
import type { VydonInvite } from "tenantry";
import { useApi } from "../app/api.tsx";
import { roleLabel } from "../members/roles.ts";
import { Button } from "../ui/button.tsx";
import { useNotices } from "../ui/notices.tsx";

/** An open invite. */
export function InviteRow({
  invite,
  canEdit,
  onWithdrawn,
}: {
  invite: VydonInvite;
  canEdit: boolean;
  onWithdrawn: () => void;
}) {
  const { mutations } = useApi();
  const { notify, notifyError } = useNotices();
  const remove = useMutation(mutations.invites.remove);

  function withdraw(): void {
    remove.mutate(
      { inviteId: invite.id },
      {
        onSuccess() {
          notify({ title: "Invite withdrawn", detail: `${invite.email} can no longer use it.` });
          onWithdrawn();
        },
        onError: notifyError,
      },
    );
  }

  return (
    <li className="row">
      <div className="row-who">
        <p className="row-name">{invite.email}</p>
        <p className="row-detail">
          {roleLabel(invite.role)} ·{" "}
          <time dateTime={invite.expiresAt.toISOString()}>{left(invite.expiresAt)}</time>
        </p>
      </div>
      {canEdit && (
        <Button
          kind="quiet"
          size="small"
          label={`Withdraw the invite to ${invite.email}`}
          isBusy={remove.isPending}
          onClick={withdraw}
        >
          Withdraw
        </Button>
      )}
    </li>
  );
}

function left(expiresAt: Date): string {
  const minutes = Math.max(0, Math.round((expiresAt.getTime() - Date.now()) / 60_000));
  if (minutes < 60) return `${minutes} min left`;
  return `${Math.round(minutes / 60)} h left`;
}
