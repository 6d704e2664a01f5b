import type { Ids } from "../../engine/state/ids.js";
import type { PastTokens } from "../../engine/state/past-tokens.js";
import type { SessionRow, Sessions } from "../../engine/state/sessions.js";
import { Table } from "../../engine/state/tables.js";
import type { Clock } from "../../engine/time/clock.js";
import type { OnaCreditUsageRow, UsageExportRow } from "./billing-rows.js";
import type {
  OnaAccountRow,
  OnaCaller,
  OnaDomainRow,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaProviderRow,
  OnaSsoRow,
  PageTokenRow,
} from "./rows.js";
import type { ExchangeTokenRow, OnaTokenRow } from "./token-rows.js";

/** All that an Ona server remembers. It is a type, not an interface, so that it fits a record of tables. */
export type OnaState = {
  readonly sessions: Table<SessionRow<OnaCaller>, "user">;
  readonly accounts: Table<OnaAccountRow, "email">;
  readonly organizations: Table<OnaOrganizationRow, "invite">;
  readonly members: Table<OnaMemberRow, "organization" | "account" | "user">;
  readonly domains: Table<OnaDomainRow, "organization">;
  readonly sso: Table<OnaSsoRow, "domain">;
  readonly providers: Table<OnaProviderRow>;
  readonly tokens: Table<OnaTokenRow, "user">;
  readonly exchangeTokens: Table<ExchangeTokenRow, "user">;
  readonly creditUsage: Table<OnaCreditUsageRow, "organization" | "resource">;
  readonly exports: Table<UsageExportRow, "organization">;
  readonly pageTokens: Table<PageTokenRow, "place">;
};

/** What the resources work with. */
export interface Ona {
  readonly state: OnaState;
  readonly sessions: Sessions<OnaCaller>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly past: PastTokens;
  /** Whether an organization's own single sign-on can be used besides the login providers. */
  readonly allowCustom: boolean;
}

/** An empty state. */
export function createOnaState(): OnaState {
  return {
    sessions: new Table({ user: ({ who }) => userIdOf(who) }),
    accounts: new Table({ email: (row) => row.email.toLowerCase() }),
    organizations: new Table({ invite: (row) => row.inviteId ?? undefined }),
    members: new Table({
      organization: (row) => row.organizationId,
      account: (row) => row.accountId,
      user: (row) => row.userId,
    }),
    domains: new Table({ organization: (row) => row.organizationId }),
    sso: new Table({ domain: (row) => row.domain }),
    providers: new Table({}),
    tokens: new Table({ user: (row) => row.userId }),
    exchangeTokens: new Table({ user: ({ who }) => userIdOf(who) }),
    creditUsage: new Table({
      organization: (row) => row.organizationId,
      resource: (row) => resourceKey(row),
    }),
    exports: new Table({ organization: (row) => row.organizationId }),
    pageTokens: new Table({ place: (row) => placeKey(row.list, row.after.at(-1) ?? "") }),
  };
}

function userIdOf(who: OnaCaller): string | undefined {
  return who.kind === "user" ? who.userId : undefined;
}

/** The key by which a page token is found again: its list, and the last row of the previous page. */
export function placeKey(list: string, after: string): string {
  return `${list}\n${after}`;
}

/** The key by which an environment or a conversation is found again. */
export function resourceKey({
  organizationId,
  type,
  resource,
}: Pick<OnaCreditUsageRow, "organizationId" | "type" | "resource">): string {
  return `${organizationId}\n${type}\n${resource}`;
}

/** Blocks an account and ends what it has running. Returns how much that was. Does nothing to a blocked account. */
export function blockAccount({ state, clock }: Ona, account: OnaAccountRow, reason: string) {
  if (account.blockedFor !== null) return { environmentsStopped: 0, subscriptionsCancelled: 0 };
  const { environments, subscriptions } = account;
  const changes = { blockedFor: reason, environments: 0, subscriptions: 0, updatedAt: clock.now() };
  state.accounts.update(account.id, changes);
  return { environmentsStopped: environments, subscriptionsCancelled: subscriptions };
}

/** Unblocks an account. Does nothing to one that is not blocked. */
export function unblockAccount({ state, clock }: Ona, { id, blockedFor }: OnaAccountRow): void {
  if (blockedFor !== null) state.accounts.update(id, { blockedFor: null, updatedAt: clock.now() });
}
