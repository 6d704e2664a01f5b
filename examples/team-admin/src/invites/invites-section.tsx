import { useRef } from "react";
import { useApi } from "../app/api.tsx";
import { useCanEdit, useTeamQuery } from "../app/team.tsx";
import { Empty } from "../ui/empty.tsx";
import { Problem } from "../ui/problem.tsx";
import { RowSkeletons } from "../ui/skeleton.tsx";
import { InviteRow } from "./invite-row.tsx";

/** The open invites of the team. */
export function InvitesSection() {
  const { queries } = useApi();
  const canEdit = useCanEdit();
  const invites = useTeamQuery(queries.invites.list);
  const heading = useRef<HTMLHeadingElement>(null);

  return (
    <section className="card" aria-labelledby="invites-title">
      <div className="card-head">
        <h2 id="invites-title" className="card-title" tabIndex={-1} ref={heading}>
          Open invites
        </h2>
        {invites.data && <span className="count">{invites.data.length}</span>}
      </div>
      {invites.error && !invites.data && <Problem error={invites.error} onRetry={() => invites.refetch()} />}
      {(invites.data || !invites.error) && (
        <ul className="rows invites" aria-busy={invites.isPending}>
          {invites.isPending && <RowSkeletons />}
          {invites.data?.map((invite) => (
            <InviteRow
              key={invite.id}
              invite={invite}
              canEdit={canEdit}
              // The pressed button no longer exists, because its row is gone.
              onWithdrawn={() => heading.current?.focus()}
            />
          ))}
          {invites.data?.length === 0 && (
            <li>
              <Empty
                title="No open invites"
                detail="Invites are shown here until people join, for at most 24 hours."
              />
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
