import type { Engine } from "../../engine/engine.js";
import { type Given, withDefaults } from "../../engine/records.js";
import type { SessionRow, Sessions } from "../../engine/state/sessions.js";
import { noIndexes, Table } from "../../engine/state/tables.js";
import { toMs } from "../../engine/time/duration.js";
import { timeAfter } from "../../engine/time/instant.js";
import type { IssuerPolicy } from "../issuer/options.js";
import type { VydonModes } from "../options.js";
import type { Countdown, CountdownRow } from "./countdown.js";
import type {
  ApiKeyRow,
  IdentityRow,
  InviteRow,
  MemberRow,
  UserRow,
  VydonAccountRow,
  VydonCodeRow,
  VydonHolder,
  VydonMeterEventRow,
  VydonRefreshTokenRow,
  VydonRole,
} from "./rows.js";
import type { Stripe } from "./stripe.js";

/** The tables of a Vydon server. It is a type alias, because an interface is not assignable to a record of tables. */
export type VydonState = {
  readonly sessions: Table<SessionRow<VydonHolder>, "key">;
  readonly identities: Table<IdentityRow, "email">;
  readonly users: Table<UserRow>;
  readonly accounts: Table<VydonAccountRow>;
  readonly members: Table<MemberRow, "account" | "user">;
  readonly invites: Table<InviteRow, "account" | "token">;
  readonly apiKeys: Table<ApiKeyRow, "account">;
  readonly meterEvents: Table<VydonMeterEventRow, "account">;
  /** The number of calls that the billing provider still refuses. */
  readonly refusals: Table<CountdownRow>;
  readonly refreshTokens: Table<VydonRefreshTokenRow, "family">;
  readonly codes: Table<VydonCodeRow>;
  /** The number of responses that the issuer still loses. */
  readonly lostResponses: Table<CountdownRow>;
};

/** The state and the settings of one Vydon server. */
export interface Vydon extends Pick<Engine, "clock" | "ids" | "past" | "world"> {
  readonly state: VydonState;
  readonly sessions: Sessions<VydonHolder>;
  readonly modes: VydonModes;
  /** Whether error texts contain more than the texts of the real server. */
  readonly isStrict: boolean;
  /** The billing provider. Only the cloud has one. */
  readonly stripe: Stripe;
  /** How the issuer treats tokens. */
  readonly policy: IssuerPolicy;
  /** The issuer's next responses to lose. */
  readonly lostResponses: Countdown;
}

const ofAccount = { account: (row: { readonly accountId: string }) => row.accountId };
const sessionIndexes = {
  key: ({ who }: SessionRow<VydonHolder>) => (who.kind === "api_key" ? who.keyId : ""),
};
const identityIndexes = { email: (row: IdentityRow) => row.email };
const memberIndexes = { ...ofAccount, user: (row: MemberRow) => row.userId };
const inviteIndexes = { ...ofAccount, token: (row: InviteRow) => row.token };
const refreshTokenIndexes = { family: (row: VydonRefreshTokenRow) => row.familyId };

/** Creates an empty state. All states share their index functions, because each world of a server has a state. */
export function createVydonState(): VydonState {
  return {
    sessions: new Table(sessionIndexes),
    identities: new Table(identityIndexes),
    users: new Table(noIndexes),
    accounts: new Table(noIndexes),
    members: new Table(memberIndexes),
    invites: new Table(inviteIndexes),
    apiKeys: new Table<ApiKeyRow, "account">(ofAccount),
    meterEvents: new Table<VydonMeterEventRow, "account">(ofAccount),
    refusals: new Table(noIndexes),
    refreshTokens: new Table(refreshTokenIndexes),
    codes: new Table(noIndexes),
    lostResponses: new Table(noIndexes),
  };
}

/** Returns the id of a membership. */
export function memberId(accountId: string, userId: string): string {
  return `${accountId}/${userId}`;
}

/** Returns a user's membership in an account. Undefined if the user is not a member. */
export function membershipOf(state: VydonState, accountId: string, userId: string): MemberRow | undefined {
  return state.members.get(memberId(accountId, userId));
}

/** Returns the person with this email. Letter case counts. */
export function identityByEmail(state: VydonState, email: string): IdentityRow | undefined {
  return state.identities.by("email", email)[0];
}

/** Returns the accounts of a user, in the order in which the user joined them. */
export function accountsOf(state: VydonState, userId: string): VydonAccountRow[] {
  return state.members.by("user", userId).flatMap(({ accountId }) => state.accounts.get(accountId) ?? []);
}

/** Adds an account without members. */
export function addAccount(
  { state, clock, ids }: Vydon,
  account: Pick<VydonAccountRow, "name" | "type"> & Given<VydonAccountRow>,
): VydonAccountRow {
  const { id = ids.uuid(), name, type } = account;
  const made: VydonAccountRow = {
    id,
    createdAt: clock.now(),
    stripeCustomerId: null,
    subscription: "none",
    settlesAt: null,
    onboarding: null,
    temporal: null,
    name,
    type,
  };
  return state.accounts.insert(withDefaults(made, account));
}

/** Adds a member to an account. */
export function addMember(
  state: VydonState,
  accountId: string,
  userId: string,
  role: VydonRole | null,
): MemberRow {
  return state.members.insert({ id: memberId(accountId, userId), accountId, userId, role });
}

/** How long an invite is valid by default. */
const inviteLifeMs = toMs("24h");

/** Adds an invite. */
export function addInvite(
  { state, clock, ids }: Vydon,
  invite: Pick<InviteRow, "accountId" | "senderUserId" | "email" | "role"> &
    Given<Pick<InviteRow, "token" | "expiresAt">>,
): InviteRow {
  const now = clock.now();
  const { accountId, senderUserId, email, role } = invite;
  return state.invites.insert({
    id: ids.uuid(),
    accountId,
    senderUserId,
    email,
    token: invite.token ?? ids.uuid(),
    accepted: false,
    role,
    createdAt: now,
    updatedAt: now,
    expiresAt: invite.expiresAt ?? timeAfter(now, inviteLifeMs),
  });
}
