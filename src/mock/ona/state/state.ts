import { domainOf } from "../../engine/email.js";
import type { Ids } from "../../engine/state/ids.js";
import type { SessionRow, Sessions } from "../../engine/state/sessions.js";
import { noIndexes, Table } from "../../engine/state/tables.js";
import type { Clock } from "../../engine/time/clock.js";
import type {
  OnaAccountRow,
  OnaCaller,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaProviderRow,
  OnaRole,
  OnaSsoRow,
  PageTokenRow,
} from "./rows.js";

/** All that an Ona server remembers. It is a type, not an interface, so that it fits a record of tables. */
export type OnaState = {
  readonly sessions: Table<SessionRow<OnaCaller>>;
  readonly accounts: Table<OnaAccountRow, "email">;
  readonly organizations: Table<OnaOrganizationRow, "domain">;
  readonly members: Table<OnaMemberRow, "organization" | "account">;
  readonly sso: Table<OnaSsoRow, "domain">;
  readonly providers: Table<OnaProviderRow>;
  readonly pageTokens: Table<PageTokenRow, "place">;
};

/** What the resources work with. */
export interface Ona {
  readonly state: OnaState;
  readonly sessions: Sessions<OnaCaller>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Whether an organization's own single sign-on can be used besides the login providers. */
  readonly allowCustom: boolean;
}

const accountIndexes = { email: (row: OnaAccountRow) => row.email.toLowerCase() };
const organizationIndexes = { domain: (row: OnaOrganizationRow) => row.domain ?? undefined };
const memberIndexes = {
  organization: (row: OnaMemberRow) => row.organizationId,
  account: (row: OnaMemberRow) => row.accountId,
};
const ssoIndexes = { domain: (row: OnaSsoRow) => row.domain };
const pageTokenIndexes = { place: (row: PageTokenRow) => placeKey(row.list, row.after) };

/** An empty state. All states share their indexes, because each world of a server has a state. */
export function createOnaState(): OnaState {
  return {
    sessions: new Table(noIndexes),
    accounts: new Table(accountIndexes),
    organizations: new Table(organizationIndexes),
    members: new Table(memberIndexes),
    sso: new Table(ssoIndexes),
    providers: new Table(noIndexes),
    pageTokens: new Table(pageTokenIndexes),
  };
}

/** A membership's id. */
export function memberId(organizationId: string, accountId: string): string {
  return `${organizationId}/${accountId}`;
}

/** The key by which a page token is found again. */
export function placeKey(list: string, after: string): string {
  return `${list}\n${after}`;
}

/** Adds a member to an organization, with a new user id there. @throws Error if the account is a member already. */
export function addMember(
  { state, ids }: Ona,
  organizationId: string,
  account: OnaAccountRow,
  role: OnaRole,
): OnaMemberRow {
  const id = memberId(organizationId, account.id);
  if (state.members.has(id)) throw new Error(`${account.email} is a member already`);
  return state.members.insert({ id, organizationId, accountId: account.id, userId: ids.uuid(), role });
}

/** The organizations that people with an account's email domain may join, whether the account has joined or not, oldest first. */
export function openTo(state: OnaState, { email }: OnaAccountRow): OnaOrganizationRow[] {
  return state.organizations.by("domain", domainOf(email));
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
