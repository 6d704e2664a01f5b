import { AccountRole } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import type { Checks } from "./access/checks.js";
import type { ByToken, ByUser, ForAccount, Rpcs } from "./access/rpcs.js";
import { fromRole, toAccount, toInvite, unmappedRole } from "./messages.js";
import { addMember, type InviteRow, memberId, type Role, type Vydon } from "./state/state.js";

/** How long an invite can be accepted. */
export const inviteLifeMs = 24 * 3_600_000;

/** Invitations, as the members of a team see them. */
export function createInvites({
  state,
  clock,
  ids,
}: Vydon): Rpcs<"inviteUserToTeamAccount" | "getTeamAccountInvites", ForAccount> {
  const isActive = (invite: InviteRow) => !invite.accepted && invite.expiresAt > clock.now();

  return {
    inviteUserToTeamAccount({ email, role }, { account, userId }) {
      const now = clock.now();
      for (const invite of state.invites.by("account", account.id)) {
        if (invite.email !== email || !isActive(invite)) continue;
        state.invites.update(invite.id, { expiresAt: now, updatedAt: now });
      }
      const invite = state.invites.insert({
        id: ids.uuid(),
        accountId: account.id,
        senderUserId: userId,
        email,
        token: ids.uuid(),
        accepted: false,
        role: toKept(role),
        createdAt: now,
        updatedAt: now,
        expiresAt: now + inviteLifeMs,
      });
      return { invite: toInvite(invite) };
    },

    getTeamAccountInvites(_request, { account }) {
      return { invites: state.invites.by("account", account.id).filter(isActive).map(toInvite) };
    },
  };
}

/** Removing an invite. The server looks for it before it looks at the caller, so anybody may remove what isn't there. */
export function createInviteRemoval(
  { state }: Vydon,
  checks: Checks,
): Rpcs<"removeTeamAccountInvite", ByToken> {
  return {
    removeTeamAccountInvite({ id }, { caller }) {
      const invite = state.invites.get(id.toLowerCase());
      if (invite === undefined) return {};
      checks.account(caller, invite.accountId, { right: "edit", team: true });
      state.invites.delete(invite.id);
      return {};
    },
  };
}

/** Accepting an invite, by whoever it was sent to. */
export function createInviteAcceptance(vydon: Vydon): Rpcs<"acceptTeamAccountInvite", ByUser> {
  const { state, clock, modes, isStrict } = vydon;

  /** The caller's membership: theirs already, or a new one. An old invite is good enough for a member. */
  function membership(invite: InviteRow, userId: string): string {
    const id = memberId(invite.accountId, userId);
    if (state.members.has(id)) return id;
    if (invite.accepted) throw failure("invalid_argument", "account invitation already accepted");
    if (invite.expiresAt <= clock.now()) throw failure("permission_denied", "account invitation expired");
    return addMember(state, invite.accountId, userId, null).id;
  }

  return {
    acceptTeamAccountInvite({ token }, { caller, userId }) {
      if (caller.kind === "anonymous") {
        throw failure("unauthenticated", "unable to find any token data in context");
      }
      if (caller.kind !== "user") {
        throw failure("unauthenticated", "must be a valid jwt user to accept team account invites");
      }
      const [invite] = state.invites.by("token", token);
      const account = state.accounts.get(invite?.accountId ?? "");
      if (invite === undefined || account === undefined) {
        throw failure("invalid_argument", "invalid invite. unable to accept invite");
      }
      if (invite.email !== caller.email) {
        throw failure("invalid_argument", wrongEmail(invite.email, caller.email, isStrict));
      }
      const member = membership(invite, userId);
      if (!invite.accepted) state.invites.update(invite.id, { accepted: true, updatedAt: clock.now() });
      // The server adds the member first: if the role can't be set, she stays one without it.
      if (modes.rbac) state.members.update(member, { role: toGiven(invite.role) });
      return { account: toAccount(account) };
    },
  };
}

/**
 * The real server's text, which doesn't tell that it compares emails letter by letter. A strict server does, because `Ada@example.com` and
 * `ada@example.com` are the same mailbox to most people.
 */
function wrongEmail(invited: string, caller: string, isStrict: boolean): string {
  const text = "invalid invite email. unable to accept invite";
  if (!isStrict || invited.toLowerCase() !== caller.toLowerCase()) return text;
  return `${text} (strict: it is for "${invited}" and the caller is "${caller}": the letter case of an email counts)`;
}

/** A role as an invite keeps it. */
function toKept(role: AccountRole | undefined): InviteRow["role"] {
  if (role === undefined || role === AccountRole.UNSPECIFIED) return null;
  return fromRole(role) ?? role;
}

/** The role that an invite gives: a viewer's if it names none. @throws ConnectError `unknown` for a number. */
function toGiven(role: InviteRow["role"]): Role {
  if (typeof role !== "number") return role ?? "job_viewer";
  const context = "unable to set account role for user, please reach out to support for further assistance";
  throw failure("unknown", `${context}: ${unmappedRole(role)}`);
}
