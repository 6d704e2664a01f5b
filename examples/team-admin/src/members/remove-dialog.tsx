import { useMutation } from "@tanstack/react-query";
import type { VydonMember } from "tenantry";
import { useApi } from "../app/api.tsx";
import { useTeam } from "../app/team.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useNotices } from "../ui/notices.tsx";

/** Asks for confirmation before a member is removed from the team. */
export function RemoveDialog({
  member,
  onClose,
  onRemoved,
}: {
  member: VydonMember;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const { mutations } = useApi();
  const { team } = useTeam();
  const { notify } = useNotices();
  const remove = useMutation(mutations.members.remove);
  const name = member.name || member.email;

  function confirm(): void {
    if (team === undefined) return;
    remove.mutate(
      { accountId: team.id, userId: member.userId },
      {
        onSuccess() {
          notify({
            title: `${name} was removed`,
            detail: `${member.email} has no access to ${team.name} now.`,
          });
          onRemoved();
        },
      },
    );
  }

  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      action="Remove"
      error={remove.error}
      isBusy={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        {member.email} loses access to {team?.name} at once. You can invite them again later.
      </p>
    </ConfirmDialog>
  );
}
