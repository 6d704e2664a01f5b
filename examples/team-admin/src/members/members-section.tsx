import { useDeferredValue, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { VydonMember } from "tenantry";
import { useApi } from "../app/api.tsx";
import { useCanEdit, useTeam, useTeamQuery } from "../app/team.tsx";
import { InviteDialog } from "../invites/invite-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { MemberRow, MemberRowSkeleton } from "./member-row.tsx";
import { Pager } from "./pager.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { SearchField } from "./search-field.tsx";
import { usePages } from "./use-pages.ts";

const pageSize = 8;
const places = Array.from({ length: pageSize }, (_, place) => place);

/** The members of the team. An admin can invite them, remove them, and change their roles. */
export function MembersSection() {
  const { queries } = useApi();
  const { team } = useTeam();
  const canEdit = useCanEdit();
  const members = useTeamQuery(queries.members.list);
  const me = useTeamQuery(() => queries.users.current());
  const [search, setSearch] = useState("");
  const [dialog, setDialog] = useState<"invite" | VydonMember>();
  const heading = useRef<HTMLHeadingElement>(null);

  // The list is filtered with a delay, so that typing stays fast in a team of thousands.
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const found = useMemo(
    () => members.data?.filter((member) => matches(member, wanted)),
    [members.data, wanted],
  );
  const pages = usePages(found ?? [], pageSize);

  return (
    <section className="card members" aria-labelledby="members-title">
      <div className="card-head">
        <div>
          <h2 id="members-title" className="card-title" tabIndex={-1} ref={heading}>
            Members
          </h2>
          <p className="card-note">
            {members.data ? countOf(members.data.length) : <Skeleton width="6rem" />}
            {team && ` in ${team.name}`}
          </p>
        </div>
        {canEdit && (
          <Button kind="primary" onClick={() => setDialog("invite")}>
            Invite a member
          </Button>
        )}
      </div>

      {!canEdit && (
        <p className="note" role="status">
          You can look at this team, but not change it. Ask one of its admins.
        </p>
      )}
      <SearchField
        value={search}
        found={found?.length}
        onChange={(value) => {
          setSearch(value);
          pages.toFirst();
        }}
      />

      {members.error && !members.data && <Problem error={members.error} onRetry={() => members.refetch()} />}
      {members.data?.length !== 0 && (members.data || !members.error) && (
        <ul
          className="rows"
          aria-busy={members.isPending}
          data-full={pages.total > pageSize || members.isPending}
        >
          {members.isPending && places.map((place) => <MemberRowSkeleton key={place} />)}
          {pages.items.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              isMe={member.userId === me.data?.id}
              canEdit={canEdit}
              onRemove={() => setDialog(member)}
            />
          ))}
          {found?.length === 0 && (
            <li>
              <Empty
                title={`No member is called “${search.trim()}”`}
                detail="Try a part of the name or of the email."
              />
            </li>
          )}
        </ul>
      )}
      {pages.total > pageSize && <Pager pages={pages} />}
      {members.isPending && <div className="pager" />}

      {dialog === "invite" && <InviteDialog onClose={() => setDialog(undefined)} />}
      {typeof dialog === "object" && (
        <RemoveDialog
          member={dialog}
          onClose={() => setDialog(undefined)}
          onRemoved={() => {
            // The dialog closes now, because nothing behind a dialog can have the focus.
            flushSync(() => setDialog(undefined));
            // The pressed button no longer exists, because its row is gone.
            heading.current?.focus();
          }}
        />
      )}
    </section>
  );
}

function matches({ name, email }: VydonMember, wanted: string): boolean {
  return name.toLowerCase().includes(wanted) || email.toLowerCase().includes(wanted);
}

function countOf(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "person" : "people"}`;
}
