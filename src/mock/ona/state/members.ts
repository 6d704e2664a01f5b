import { text } from "../../engine/check-json.js";
import type { OnaAccountRow, OnaMemberRow, OnaOrganizationRow, OnaRole, OnaUserCaller } from "./rows.js";
import { accountByEmail, type Ona, type OnaState } from "./state.js";

/** Returns the membership of an account in an organization. Undefined if the account was never a member, or has left. */
export function membershipOf(
  state: OnaState,
  organizationId: string,
  accountId: string,
): OnaMemberRow | undefined {
  const member = state.members.get(memberId(organizationId, accountId));
  return member !== undefined && isIn(member) ? member : undefined;
}

/** Returns whether a member has not left. */
export function isIn({ status }: OnaMemberRow): boolean {
  return status !== "left";
}

/** Returns the members of an organization who have not left. */
export function membersOf(state: OnaState, organizationId: string): OnaMemberRow[] {
  return state.members.by("organization", organizationId).filter(isIn);
}

/** Returns the active admins of an organization. */
export function adminsOf(state: OnaState, organizationId: string): OnaMemberRow[] {
  const members = state.members.by("organization", organizationId);
  return members.filter(({ role, status }) => role === "admin" && status === "active");
}

/** Returns the memberships of an account, without organizations that it has left. */
export function membershipsOf(state: OnaState, accountId: string): OnaMemberRow[] {
  return state.members.by("account", accountId).filter(isIn);
}

/** Returns the user with this id, who may have left. */
export function userOf(state: OnaState, userId: string): OnaMemberRow | undefined {
  return state.members.by("user", userId)[0];
}

/** Returns a member of an organization by email or user id, who may have left. @throws Error if they were never a member. */
export function findMember(
  state: OnaState,
  { id, name }: OnaOrganizationRow,
  emailOrUserId: string,
): OnaMemberRow {
  const account = accountByEmail(state, text(emailOrUserId, "emailOrUserId"));
  const user = userOf(state, emailOrUserId);
  const member = account === undefined ? user : state.members.get(memberId(id, account.id));
  if (member?.organizationId !== id) {
    throw new Error(`the organization "${name}" has no member "${emailOrUserId}" on this server`);
  }
  return member;
}

/** Returns the account of a user. */
export function accountOf(state: OnaState, { userId, accountId }: OnaMemberRow): OnaAccountRow {
  const account = state.accounts.get(accountId);
  if (account === undefined) throw new Error(`the account of user ${userId} no longer exists`);
  return account;
}

/** Returns a member as the holder of a token that may do everything that the member may do. */
export function toCaller({ accountId, userId, organizationId }: OnaMemberRow): OnaUserCaller {
  return { kind: "user", accountId, userId, organizationId, tokenId: null, readOnly: false };
}

/**
 * Adds a member to an organization. If the account was a member before, it gets the same user id again.
 *
 * @throws Error if the account is a member already.
 */
export function addMember(
  { state, ids, clock }: Ona,
  organizationId: string,
  account: OnaAccountRow,
  role: OnaRole,
  userId?: string,
): OnaMemberRow {
  const id = memberId(organizationId, account.id);
  const now = clock.now();
  const known = state.members.get(id);
  if (known !== undefined) {
    if (isIn(known)) throw new Error(`${account.email} is a member already`);
    return state.members.update(id, { role, status: "active", memberSince: now });
  }
  return state.members.insert({
    id,
    organizationId,
    accountId: account.id,
    userId: userId ?? ids.uuid(),
    role,
    status: "active",
    creditBudget: null,
    createdAt: now,
    memberSince: now,
  });
}

/** Ends a membership: revokes the member's tokens and keeps the row. */
export function endMembership(ona: Ona, member: OnaMemberRow): void {
  endTokens(ona, member);
  ona.state.members.update(member.id, { status: "left" });
}

/** Deletes a user and the user's tokens. */
export function deleteUser(ona: Ona, member: OnaMemberRow): void {
  endTokens(ona, member);
  ona.state.members.delete(member.id);
}

function endTokens({ state, sessions }: Ona, { userId }: OnaMemberRow): void {
  for (const { id } of state.sessions.by("user", userId)) sessions.revoke(id);
  for (const { id } of state.tokens.by("user", userId)) state.tokens.delete(id);
  for (const { id } of state.exchangeTokens.by("user", userId)) state.exchangeTokens.delete(id);
}

/** Returns the id of a membership. */
function memberId(organizationId: string, accountId: string): string {
  return `${organizationId}/${accountId}`;
}
