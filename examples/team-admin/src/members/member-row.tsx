import { useMutation } from "@tanstack/react-query";
import type { VydonAssignableRole, VydonMember } from "tenantry";
import { useApi } from "../app/api.tsx";
import { useTeam } from "../app/team.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { useNotices } from "../ui/notices.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { RoleSelect } from "./role-select.tsx";
import { roleLabel } from "./roles.ts";

/** A member of the team. Users cannot change their own row, so they do not lose their access by mistake. */
export function MemberRow({
  member,
  isMe,
  canEdit,
  onRemove,
}: {
  member: VydonMember;
  isMe: boolean;
  canEdit: boolean;
  onRemove: () => void;
}) {
  const { mutations } = useApi();
  const { team } = useTeam();
  const { notify, notifyError } = useNotices();
  const setRole = useMutation(mutations.members.setRole);
  const name = member.name || member.email;
  // The new role is shown at once. If the server refuses it, the old role is shown again.
  const role = setRole.isPending ? setRole.variables.role : member.role;

  function change(next: VydonAssignableRole): void {
    if (team === undefined) return;
    setRole.mutate(
      { accountId: team.id, userId: member.userId, role: next },
      {
        onSuccess: () => notify({ title: `${name} is now ${withArticle(roleLabel(next))}` }),
        onError: notifyError,
      },
    );
  }

  return (
    <li className="row">
      <Avatar name={member.name} email={member.email} />
      <div className="row-who">
        <p className="row-name">
          {name}
          {isMe && <span className="tag">You</span>}
        </p>
        <p className="row-detail">{member.email}</p>
      </div>
      {canEdit && !isMe ? (
        <>
          <RoleSelect label={`Role of ${name}`} value={role} isBusy={setRole.isPending} onChange={change} />
          <Button kind="quiet" size="small" label={`Remove ${name}`} onClick={onRemove}>
            Remove
          </Button>
        </>
      ) : (
        <p className="row-role">{roleLabel(member.role)}</p>
      )}
    </li>
  );
}

/** A placeholder with the height of a row, while the members load. */
export function MemberRowSkeleton() {
  return (
    <li className="row" aria-hidden="true">
      <span className="avatar avatar-empty" />
      <div className="row-who">
        <p className="row-name">
          <Skeleton width="7rem" />
        </p>
        <p className="row-detail">
          <Skeleton width="11rem" />
        </p>
      </div>
      <p className="row-role">
        <Skeleton width="5rem" />
      </p>
    </li>
  );
}

function withArticle(label: string): string {
  return `${/^[AEIOU]/.test(label) ? "an" : "a"} ${label.toLowerCase()}`;
}
