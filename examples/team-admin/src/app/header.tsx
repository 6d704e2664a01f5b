import { useState } from "react";
import type { VydonAccount } from "tenantry";
import { Avatar } from "../ui/avatar.tsx";
import { Logo, PlusIcon } from "../ui/icons.tsx";
import { NewTeamDialog } from "./new-team-dialog.tsx";
import type { SessionUser } from "./session.ts";
import { useTeam } from "./team.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

/** The top of the page, with the team, the signed-in user, and the theme. */
export function Header({ user, teams }: { user: SessionUser; teams: readonly VydonAccount[] | undefined }) {
  const { team, choose } = useTeam();
  const [isOpen, setOpen] = useState(false);
  return (
    <header className="header">
      <div className="header-inner">
        <div className="brand">
          <Logo />
          <h1 className="brand-name">Team admin</h1>
        </div>
        <div className="team-switcher">
          <label className="visually-hidden" htmlFor="team">
            Team
          </label>
          <select
            id="team"
            className="select team-select"
            value={team?.id ?? ""}
            onChange={(event) => choose(event.target.value)}
          >
            {teams === undefined && <option value="">…</option>}
            {teams?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <button type="button" className="button button-quiet button-icon" onClick={() => setOpen(true)}>
            <PlusIcon />
            <span className="visually-hidden">New team</span>
          </button>
        </div>
        <div className="user">
          <Avatar name={user.name} email={user.email} />
          <p className="user-who">
            <span className="visually-hidden">Signed in as </span>
            <span className="user-name">{user.name || user.email}</span>
            {user.name && <span className="user-email">{user.email}</span>}
          </p>
        </div>
        <ThemeToggle />
      </div>
      {isOpen && (
        <NewTeamDialog
          onClose={() => setOpen(false)}
          onCreated={(accountId) => {
            setOpen(false);
            choose(accountId);
          }}
        />
      )}
    </header>
  );
}
