import { nameOf } from "../../engine/email.js";
import { Sessions } from "../../engine/state/sessions.js";
import { type AccountRow, type MemberRow, memberId, type Ona, type Role } from "./state.js";

/** The account of who has this email: the one that is there, or a new one. */
export function accountOf(ona: Ona, person: Pick<AccountRow, "email"> & Partial<AccountRow>): AccountRow {
  const { state, clock, ids } = ona;
  const [known] = state.accounts.by("email", person.email.toLowerCase());
  if (known !== undefined) return known;
  const now = clock.now();
  return state.accounts.insert({
    id: person.id ?? ids.uuid(),
    name: nameOf(person.email),
    avatarUrl: "",
    createdAt: now,
    updatedAt: now,
    organizationId: null,
    blockedFor: null,
    environments: 0,
    subscriptions: 0,
    ...person,
  });
}

/** Blocks an account and ends what it has running; answers how much that was. For a blocked one it does nothing. */
export function blockAccount({ state, clock }: Ona, account: AccountRow, reason: string) {
  if (account.blockedFor !== null) return { environmentsStopped: 0, subscriptionsCancelled: 0 };
  const { environments, subscriptions } = account;
  const changes = { blockedFor: reason, environments: 0, subscriptions: 0, updatedAt: clock.now() };
  state.accounts.update(account.id, changes);
  return { environmentsStopped: environments, subscriptionsCancelled: subscriptions };
}

/** Lets a blocked account in again; for another one it does nothing. */
export function unblockAccount({ state, clock }: Ona, { id, blockedFor }: AccountRow): void {
  if (blockedFor !== null) state.accounts.update(id, { blockedFor: null, updatedAt: clock.now() });
}

/** Lets a token stand for an account, until `expiresAt`. @throws Error if the token is taken. */
export function openSession(
  { state, clock }: Ona,
  token: string,
  accountId: string,
  expiresAt: number | null,
): void {
  if (state.sessions.has(token)) throw new Error(`token ${token} is taken`);
  new Sessions(state.sessions, clock).open(token, { kind: "account", accountId }, expiresAt);
}

/** A new member of an organization, with a user id of its own there. @throws Error for somebody who is one. */
export function addMember(
  { state, ids }: Ona,
  organizationId: string,
  account: AccountRow,
  role: Role,
): MemberRow {
  const id = memberId(organizationId, account.id);
  if (state.members.has(id)) throw new Error(`${account.email} is a member already`);
  return state.members.insert({ id, organizationId, accountId: account.id, userId: ids.uuid(), role });
}
