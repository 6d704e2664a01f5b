import { VydonClient } from "tenantry";
import type { Backend } from "./backend.ts";
import { email, team } from "./people.ts";

/** The methods that the page calls. */
const methods = [
  "GetUserAccounts",
  "GetTeamAccountMembers",
  "GetTeamAccountInvites",
  "GetAccountStatus",
  "IsAccountStatusValid",
  "InviteUserToTeamAccount",
  "RemoveTeamAccountInvite",
  "RemoveTeamAccountMember",
  "SetUserRole",
  "CreateTeamAccount",
] as const;

/** What a scenario can do to the page. */
export interface Stage {
  readonly backend: Backend;
  /** The team on screen. */
  readonly accountId: string;
  readonly choose: (accountId: string) => void;
  /** Asks the server for all that is on screen, with (`anew`) or without going through loading. */
  readonly refresh: (how?: { anew: boolean }) => void;
}

/** Something that can happen to a page. `off` takes it back, where that is possible. */
export interface Scenario {
  readonly label: string;
  /** What to look at. */
  readonly hint: string;
  readonly on: (stage: Stage) => void | Promise<void>;
  readonly off?: (stage: Stage) => void | Promise<void>;
}

let slowness: { remove(): void }[] = [];

/** All of them, in the order of the panel. */
export const scenarios: readonly Scenario[] = [
  {
    label: "Token lapses",
    hint: "It is renewed once, and the calls repeated. You see nothing.",
    on({ backend, refresh }) {
      backend.loseToken({ forGood: false });
      refresh();
    },
  },
  {
    label: "Session ends",
    hint: "The renewal is refused, too: you have to sign in again.",
    on({ backend, refresh }) {
      backend.loseToken({ forGood: true });
      refresh();
    },
  },
  {
    label: "Two failures",
    hint: "The server fails twice. The client tries again by itself.",
    on({ backend, refresh }) {
      backend.server.faults.inject({ method: "GetTeamAccountMembers", code: "unavailable", times: 2 });
      refresh();
    },
  },
  {
    label: "Rate limit",
    hint: "For 20 seconds the server takes no invites. Send one.",
    on({ backend }) {
      const limit = backend.server.faults.inject({
        method: "InviteUserToTeamAccount",
        code: "resource_exhausted",
        retryAfter: "20s",
      });
      setTimeout(limit.remove, 20_000);
    },
  },
  {
    label: "10,000 members",
    hint: "Search and paging stay quick.",
    on({ backend, choose, refresh }) {
      const { vydon } = backend.server;
      const name = "ten-thousand";
      backend.server.seed({ vydon: { accounts: [{ name, subscription: "active", members: team(10_000) }] } });
      refresh();
      choose(vydon.account(name).id);
    },
  },
  {
    label: "Offline",
    hint: "Nothing reaches the server until you switch this off.",
    on({ backend, refresh }) {
      backend.setOnline(false);
      refresh();
    },
    off({ backend, refresh }) {
      backend.setOnline(true);
      refresh();
    },
  },
  {
    label: "Slow server",
    hint: "Every answer takes two seconds.",
    on({ backend, refresh }) {
      slowness = methods.map((method) => backend.server.faults.inject({ method, latencyMs: 2_000 }));
      refresh({ anew: true });
    },
    off() {
      for (const fault of slowness) fault.remove();
    },
  },
  {
    label: "Become a viewer",
    hint: "You don’t know it yet. Try to change something.",
    on: ({ backend, accountId }) => setOwnRole(backend, accountId, "job_viewer"),
    async off({ backend, accountId, refresh }) {
      await setOwnRole(backend, accountId, "admin");
      refresh();
    },
  },
  {
    label: "Subscription lapses",
    hint: "The bill was not paid.",
    on({ backend, accountId, refresh }) {
      backend.server.vydon.subscription(accountId, "unpaid");
      refresh();
    },
    off({ backend, accountId, refresh }) {
      backend.server.vydon.subscribe(accountId);
      refresh();
    },
  },
];

/** Somebody else changes the user's role: here, the holder of the team's API key. */
async function setOwnRole(
  { server }: Backend,
  accountId: string,
  role: "admin" | "job_viewer",
): Promise<void> {
  const other = new VydonClient(server.vydon.apiKey(accountId).connect());
  const { userId } = server.vydon.signIn({ email: email(0) });
  await other.members.setRole(accountId, userId, role);
}
