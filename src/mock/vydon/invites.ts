import { AccountRole, UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import { edit, type VydonRpcs, view } from "./access/rpcs.js";
import { fromRole, toAccount, toInvite, unmappedRole } from "./messages.js";
import type { InviteRow, MemberRow, VydonRole } from "./state/rows.js";
import { addInvite, addMember, membershipOf, type Vydon } from "./state/state.js";

const rpc = UserAccountService.method;

/** Creates the RPCs for invites to accounts. */
export function createInvites(vydon: Vydon, { access, signedIn, byUser, forAccount }: VydonRpcs) {
  const { state, clock, modes, isStrict } = vydon;
  const isActive = (invite: InviteRow) => !invite.accepted && invite.expiresAt > clock.now();

  /**
   * Returns the caller's membership, and adds one if there is none. A member may accept an invite that has expired.
   *
   * @throws ConnectError `invalid_argument` if the invite was accepted before, `permission_denied` if it has expired.
   */
  function findOrAddMember(invite: InviteRow, userId: string): MemberRow {
    const known = membershipOf(state, invite.accountId, userId);
    if (known !== undefined) return known;
    if (invite.accepted) throw failure("invalid_argument", "account invitation already accepted");
    if (invite.expiresAt <= clock.now()) throw failure("permission_denied", "account invitation expired");
    return addMember(state, invite.accountId, userId, null);
  }

  return {
    inviteUserToTeamAccount: forAccount(
      rpc.inviteUserToTeamAccount,
      { ...edit, team: true },
      ({ email, role }, { account, userId }) => {
        const now = clock.now();
        for (const invite of state.invites.by("account", account.id)) {
          if (invite.email !== email || !isActive(invite)) continue;
          state.invites.update(invite.id, { expiresAt: now, updatedAt: now });
        }
        const invite = { accountId: account.id, senderUserId: userId, email, role: toStored(role) };
        return { invite: toInvite(addInvite(vydon, invite)) };
      },
    ),

    getTeamAccountInvites: forAccount(
      rpc.getTeamAccountInvites,
      { ...view, team: true },
      (_request, { account }) => ({
        invites: state.invites.by("account", account.id).filter(isActive).map(toInvite),
      }),
    ),

    // The server looks for the invite before it checks the caller. For an unknown invite, it succeeds for any caller.
    removeTeamAccountInvite: signedIn(rpc.removeTeamAccountInvite, ({ id }, caller) => {
      const invite = state.invites.get(id.toLowerCase());
      if (invite === undefined) return {};
      access.account(caller, invite.accountId, edit);
      state.invites.delete(invite.id);
      return {};
    }),

    acceptTeamAccountInvite: byUser(rpc.acceptTeamAccountInvite, {}, ({ token }, { caller, userId }) => {
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
      const member = findOrAddMember(invite, userId);
      if (!invite.accepted) state.invites.update(invite.id, { accepted: true, updatedAt: clock.now() });
      // The server adds the member first. If the role cannot be set, the member stays without a role.
      if (modes.rbac) state.members.update(member.id, { role: toGranted(invite.role) });
      return { account: toAccount(account) };
    }),
  };
}

/**
 * Returns the real server's error text. A strict server adds a hint if only the letter case differs, because people see
 * `Ada@example.com` and `ada@example.com` as the same email.
 */
function wrongEmail(invited: string, caller: string, isStrict: boolean): string {
  const text = "invalid invite email. unable to accept invite";
  if (!isStrict || invited.toLowerCase() !== caller.toLowerCase()) return text;
  return `${text} (strict: it is for "${invited}" and the caller is "${caller}": the letter case of an email counts)`;
}

/** Converts a message's role to the role that an invite stores. */
function toStored(role: AccountRole | undefined): InviteRow["role"] {
  if (role === undefined || role === AccountRole.UNSPECIFIED) return null;
  return fromRole(role) ?? role;
}

/**
 * Returns the role that an invite grants. An invite without a role grants the role of a viewer.
 *
 * @throws ConnectError `unknown` for an unknown role.
 */
function toGranted(role: InviteRow["role"]): VydonRole {
  if (typeof role !== "number") return role ?? "job_viewer";
  const context = "unable to set account role for user, please reach out to support for further assistance";
  throw failure("unknown", `${context}: ${unmappedRole(role)}`);
}
