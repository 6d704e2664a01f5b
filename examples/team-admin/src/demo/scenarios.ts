import { VydonClient } from "tenantry";
import type { MockServer } from "tenantry/mock";
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
  "GetAccountApiKeys",
  "CreateAccountApiKey",
  "RegenerateAccountApiKey",
  "DeleteAccountApiKey",
] as const;

/** The parts of the demo that a scenario can use. */
export interface Stage {
  readonly backend: Backend;
  /** The team on screen. */
  readonly accountId: string;
  readonly choose: (accountId: string) => void;
  /** Reloads all queries on screen. With `discard`, their data is dropped first, so that the page shows that it loads. */
  readonly refresh: (how?: { discard: boolean }) => void;
}

/** An event or failure that `start` causes. */
export interface Scenario<Result = unknown> {
  readonly label: string;
  /** A text that explains what to look at. */
  readonly hint: string;
  readonly start: (stage: Stage) => Result;
}

/**
 * Undoes the changes of a scenario. It changes the same team, even if the user has switched to another team in the
 * meantime.
 */
export type SetBack = () => void | Promise<void>;

/** The id of the team of ten thousand. Undefined until the team exists. */
let largeTeam: string | undefined;

/** The scenarios that happen once, in the order of the buttons. */
export const events: readonly Scenario[] = [
  {
    label: "Token expires",
    hint: "It is renewed once, and the calls repeated. Only the log shows it.",
    start({ backend, refresh }) {
      backend.loseToken({ forGood: false });
      refresh();
    },
  },
  {
    label: "Session ends",
    hint: "The renewal is refused, too: you have to sign in again.",
    start({ backend, refresh }) {
      backend.loseToken({ forGood: true });
      refresh();
    },
  },
  {
    label: "Two failures",
    hint: "The list of members fails twice. The client waits, and tries again.",
    start({ backend, refresh }) {
      backend.server.faults.inject({ method: "GetTeamAccountMembers", code: "unavailable", times: 2 });
      refresh();
    },
  },
  {
    label: "Rate limit",
    hint: "For 20 seconds, the server refuses invites. Send one.",
    start({ backend }) {
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
    start({ backend, choose, refresh }) {
      largeTeam ??= addLargeTeam(backend.server);
      refresh();
      choose(largeTeam);
    },
  },
];

/** The scenarios that last until they are switched off, in the order of the switches. */
export const states: readonly Scenario<SetBack | Promise<SetBack>>[] = [
  {
    label: "Offline",
    hint: "Nothing reaches the server until you switch this off. Reads are tried four times.",
    start({ backend, refresh }) {
      backend.setOnline(false);
      refresh();
      return () => {
        backend.setOnline(true);
        refresh();
      };
    },
  },
  {
    label: "Slow server",
    hint: "Every response takes two seconds.",
    start({ backend, refresh }) {
      const faults = methods.map((method) => backend.server.faults.inject({ method, latencyMs: 2_000 }));
      refresh({ discard: true });
      return () => {
        for (const fault of faults) fault.remove();
      };
    },
  },
  {
    label: "Become a viewer",
    hint: "You don’t know it yet. Try to change something.",
    async start({ backend, accountId, refresh }) {
      await setOwnRole(backend, accountId, "job_viewer");
      return async () => {
        await setOwnRole(backend, accountId, "admin");
        refresh();
      };
    },
  },
  {
    label: "Subscription expires",
    hint: "The bill was not paid.",
    start({ backend, accountId, refresh }) {
      const { vydon } = backend.server;
      const { subscription } = vydon.account(accountId);
      vydon.setSubscription(accountId, "unpaid");
      refresh();
      return () => {
        vydon.setSubscription(accountId, subscription);
        refresh();
      };
    },
  },
];

function addLargeTeam({ seed, vydon }: MockServer): string {
  const name = "ten-thousand";
  seed({ vydon: { accounts: [{ name, subscription: "active", members: team(10_000) }] } });
  return vydon.account(name).id;
}

/** Changes the user's role as another person would, with the team's API key. */
async function setOwnRole(
  { server }: Backend,
  accountId: string,
  role: "admin" | "job_viewer",
): Promise<void> {
  const other = new VydonClient(server.vydon.apiKey(accountId).connect());
  const { userId } = server.vydon.signIn({ email: email(0) });
  await other.members.setRole(accountId, userId, role);
}
