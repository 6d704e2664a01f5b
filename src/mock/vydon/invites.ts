import { failure } from "../engine/errors.js";
import type { Access } from "./access.js";
import { fromRole, toAccount, toInvite } from "./messages.js";
import type { Rpcs } from "./rpcs.js";
import { addMember, type InviteRow, memberId, type Vydon } from "./state.js";

type InviteRpcs = Pick<
  Rpcs,
  "inviteUserToTeamAccount" | "getTeamAccountInvites" | "removeTeamAccountInvite" | "acceptTeamAccountInvite"
>;

/** How long an invite can be accepted. */
export const inviteLifeMs = 24 * 3_600_000;

/** Invitations to team accounts. */
export function createInvites({ state, clock, ids }: Vydon, access: Access): InviteRpcs {
  function isActive({ accepted, expiresAt }: InviteRow): boolean {
    return !accepted && expiresAt > clock.now();
  }

  return {
    inviteUserToTeamAccount({ accountId, email, role }, caller) {
      const senderUserId = access.userId(caller);
      access.team(caller, accountId, "edit");
      if (email === "") throw failure("invalid_argument", "must provide an email");
      const now = clock.now();
      for (const invite of state.invites.by("account", accountId)) {
        if (invite.email !== email || !isActive(invite)) continue;
        state.invites.update(invite.id, { expiresAt: now, updatedAt: now });
      }
      const invite = state.invites.insert({
        id: ids.uuid(),
        accountId,
        senderUserId,
        email,
        token: ids.token(40),
        accepted: false,
        role: fromRole(role) ?? null,
        createdAt: now,
        updatedAt: now,
        expiresAt: now + inviteLifeMs,
      });
      return { invite: toInvite(invite) };
    },

    getTeamAccountInvites({ accountId }, caller) {
      access.team(caller, accountId, "view");
      return { invites: state.invites.by("account", accountId).filter(isActive).map(toInvite) };
    },

    removeTeamAccountInvite({ id }, caller) {
      const invite = state.invites.get(id);
      if (invite === undefined) return {};
      access.account(caller, invite.accountId, "edit");
      state.invites.delete(id);
      return {};
    },

    acceptTeamAccountInvite({ token }, caller) {
      if (caller.kind !== "user")
        throw failure("unauthenticated", "only a user can accept an invite, not a key");
      const userId = access.userId(caller);
      const [invite] = state.invites.by("token", token);
      const account = state.accounts.get(invite?.accountId ?? "");
      if (invite === undefined || account === undefined)
        throw failure("invalid_argument", "unable to find invite");
      if (invite.email !== caller.email) {
        throw failure("invalid_argument", "account invitation was sent to another email");
      }
      const isMember = state.members.has(memberId(account.id, userId));
      if (!isMember && invite.accepted)
        throw failure("invalid_argument", "account invitation already accepted");
      if (!isMember && !isActive(invite)) throw failure("permission_denied", "account invitation expired");
      if (!isMember) addMember(state, account.id, userId, invite.role ?? "job_viewer");
      if (isActive(invite)) state.invites.update(invite.id, { accepted: true, updatedAt: clock.now() });
      return { account: toAccount(account) };
    },
  };
}
