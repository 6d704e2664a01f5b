import type { Engine } from "../../engine/engine.js";
import { type Given, keysOf, withDefaults } from "../../engine/records.js";
import type { SessionRow, Sessions } from "../../engine/state/sessions.js";
import { noIndexes, Table, type TablesWith } from "../../engine/state/tables.js";
import { toMs } from "../../engine/time/duration.js";
import { timeAfter } from "../../engine/time/instant.js";
import type { FamServiceNames } from "../options.js";
import type { FamCardSeed } from "../seed/seed.js";
import type {
  FamAccountRow,
  FamCaller,
  FamCardRow,
  FamUserRow,
  InviteRow,
  MemberRow,
  PaymentConfigurationRow,
  RefreshTokenRow,
} from "./rows.js";

/** The tables of a FAM server. It is a type alias, because an interface is not assignable to a record of tables. */
export type FamState = {
  readonly sessions: Table<SessionRow<FamCaller>>;
  readonly refreshTokens: Table<RefreshTokenRow>;
  readonly users: Table<FamUserRow, "email">;
  readonly accounts: Table<FamAccountRow>;
  readonly members: Table<MemberRow, "account" | "membership">;
  readonly invites: Table<InviteRow, "account" | "token">;
  readonly paymentConfigurations: Table<PaymentConfigurationRow, "account">;
  readonly cards: Table<FamCardRow, "configuration">;
};

const ofAccounts: Readonly<Record<TablesWith<FamState, "accountId">, true>> = {
  members: true,
  invites: true,
  paymentConfigurations: true,
};

/** The tables whose rows belong to an account. This file does not compile if one is missing. */
export const accountTables = keysOf(ofAccounts);

/** The state and the settings of one FAM server. */
export interface Fam extends Pick<Engine, "clock" | "ids" | "past"> {
  readonly state: FamState;
  readonly sessions: Sessions<FamCaller>;
  /** How many members a page has at most. */
  readonly perPage: number;
  /** The full names of its services. */
  readonly serviceNames: FamServiceNames;
  /** How long an access token is valid, in milliseconds. */
  readonly accessTokenMs: number;
}

const userIndexes = { email: (row: FamUserRow) => row.email.toLowerCase() };
const ofAccount = { account: (row: { readonly accountId: string }) => row.accountId };
const memberIndexes = {
  ...ofAccount,
  membership: (row: MemberRow) => membershipKey(row.accountId, row.userId),
};
const inviteIndexes = { ...ofAccount, token: (row: InviteRow) => row.token };
const cardIndexes = { configuration: (row: FamCardRow) => row.configurationId };

/** Creates an empty state. All states share their index functions, because each world of a server has a state. */
export function createFamState(): FamState {
  return {
    sessions: new Table(noIndexes),
    refreshTokens: new Table(noIndexes),
    users: new Table(userIndexes),
    accounts: new Table(noIndexes),
    members: new Table(memberIndexes),
    invites: new Table(inviteIndexes),
    paymentConfigurations: new Table<PaymentConfigurationRow, "account">(ofAccount),
    cards: new Table(cardIndexes),
  };
}

/** Returns a user's membership in an account. Undefined if the user is not a member. */
export function membershipOf(state: FamState, accountId: string, userId: string): MemberRow | undefined {
  return state.members.by("membership", membershipKey(accountId, userId))[0];
}

/** Returns the user with this email. Letter case does not count. */
export function userByEmail(state: FamState, email: string): FamUserRow | undefined {
  return state.users.by("email", email.toLowerCase())[0];
}

/**
 * Adds an account and its payment configuration. `hierarchy` contains the ids of the accounts above it, from the root
 * down. Default: none.
 */
export function addAccount(
  { state, clock, ids }: Fam,
  { hierarchy = [], ...account }: Pick<FamAccountRow, "name" | "type"> & Given<FamAccountRow>,
): FamAccountRow {
  const now = clock.now();
  const { id = ids.ulid(now), name, type, createdAt = now } = account;
  state.paymentConfigurations.insert({ id: ids.ulid(now), accountId: id });
  const made: FamAccountRow = {
    status: "unverified",
    createdAt,
    updatedAt: createdAt,
    name,
    type,
    id,
    hierarchy: [...hierarchy, id],
  };
  return state.accounts.insert(withDefaults(made, account));
}

/** Deletes an account and the accounts below it, with everything in them. */
export function deleteAccount({ state }: Fam, { id }: FamAccountRow): void {
  for (const account of [...state.accounts.all()]) {
    if (!account.hierarchy.includes(id)) continue;
    for (const configuration of state.paymentConfigurations.by("account", account.id)) {
      for (const card of state.cards.by("configuration", configuration.id)) state.cards.delete(card.id);
    }
    for (const name of accountTables) {
      const table = state[name];
      for (const row of table.by("account", account.id)) table.delete(row.id);
    }
    state.accounts.delete(account.id);
  }
}

/** Adds a member to an account. */
export function addMember(
  { state, clock, ids }: Fam,
  member: Pick<MemberRow, "accountId" | "userId" | "relations"> & Partial<MemberRow>,
): MemberRow {
  const now = clock.now();
  return state.members.insert({
    id: ids.ulid(now),
    invitationId: null,
    createdAt: now,
    acceptedAt: null,
    ...member,
  });
}

/** How long an invite is valid by default. */
const inviteLifeMs = toMs("7d");

/** Adds an invite. */
export function addInvite(
  { state, clock, ids }: Fam,
  invite: Pick<InviteRow, "accountId" | "email" | "relations" | "inviterUserId"> & Given<InviteRow>,
): InviteRow {
  const now = clock.now();
  const { accountId, email, relations, inviterUserId } = invite;
  const made: InviteRow = {
    id: ids.ulid(now),
    status: "pending",
    token: ids.token(40),
    createdAt: now,
    expiresAt: timeAfter(now, inviteLifeMs),
    accountId,
    email,
    relations,
    inviterUserId,
  };
  return state.invites.insert(withDefaults(made, invite));
}

/** Adds a card. Default for each field: the value of a test card. The first card of a configuration is the primary one. */
export function addCard({ state, clock, ids }: Fam, configurationId: string, card: FamCardSeed): FamCardRow {
  const made: FamCardRow = {
    id: `pm_${ids.token(24)}`,
    configurationId,
    brand: "visa",
    last4: "4242",
    expMonth: 12,
    expYear: new Date(clock.now()).getUTCFullYear() + 3,
    name: "",
    primary: state.cards.by("configuration", configurationId).length === 0,
  };
  return state.cards.insert(withDefaults(made, card));
}

function membershipKey(accountId: string, userId: string): string {
  return `${accountId}/${userId}`;
}
