import { InvitationStatus, MemberService } from "../../../gen/fam/v1/member_pb.js";
import { failure } from "../engine/errors.js";
import { type FamRpcs, withPermission } from "./access/rpcs.js";
import { inviteStatus, toInvitation } from "./messages.js";
import { findOrCreatePerson } from "./state/find-or-create.js";
import type { InviteRow } from "./state/rows.js";
import { addInvite, addMember, type Fam, membershipOf, userByEmail } from "./state/state.js";
import { issueTokens } from "./state/tokens.js";

const rpc = MemberService.method;

/** The minimum length of a password, in characters. */
const minPasswordLength = 8;

/** Creates the RPCs for invites to accounts. */
export function createInvites(fam: Fam, { open, forAccount }: FamRpcs) {
  const { state, clock } = fam;

  return {
    inviteMember: forAccount(
      rpc.inviteMember,
      withPermission("members.invite"),
      ({ accountId, email, relations }, { caller }) => {
        if (email.trim() === "") throw failure("invalid_argument", "must provide an email");
        const user = userByEmail(state, email);
        if (user !== undefined && membershipOf(state, accountId, user.id) !== undefined) {
          throw failure("already_exists", `${email} is a member of the account already`);
        }
        const invite = addInvite(fam, { accountId, email, relations, inviterUserId: caller.userId });
        return { invitation: toInvitation(invite, clock.now()) };
      },
    ),

    acceptInvitation: open(rpc.acceptInvitation, ({ invitationToken, password }) => {
      const [invite] = state.invites.by("token", invitationToken);
      if (invite === undefined) throw failure("invalid_argument", "unknown invitation token");
      const status = inviteStatus(invite, clock.now());
      if (status !== InvitationStatus.PENDING) {
        throw failure("failed_precondition", `the invitation ${refusals[status] ?? "is not open"}`);
      }
      if (userByEmail(state, invite.email) === undefined && [...password].length < minPasswordLength) {
        throw failure(
          "invalid_argument",
          `a new user needs a password of ${minPasswordLength} characters or more`,
        );
      }
      const user = findOrCreatePerson(fam, { email: invite.email });
      join(fam, invite, user.id);
      const { accessToken, refreshToken } = issueTokens(fam, user);
      return { accessToken, refreshToken };
    }),

    revokeInvitation: forAccount(
      rpc.revokeInvitation,
      withPermission("members.invite"),
      ({ accountId, invitationId }) => {
        const invite = state.invites.get(invitationId);
        if (invite?.accountId !== accountId)
          throw failure("not_found", `invitation ${invitationId} not found`);
        if (invite.status === "accepted") {
          throw failure("failed_precondition", "the invitation was accepted, so it cannot be revoked");
        }
        state.invites.update(invitationId, { status: "revoked" });
        return {};
      },
    ),

    listInvitations: forAccount(
      rpc.listInvitations,
      withPermission("members.read"),
      (_request, { account }) => {
        const now = clock.now();
        return { invitations: state.invites.by("account", account.id).map((row) => toInvitation(row, now)) };
      },
    ),
  };
}

const refusals: Readonly<Partial<Record<InvitationStatus, string>>> = {
  [InvitationStatus.ACCEPTED]: "was accepted before",
  [InvitationStatus.REVOKED]: "was revoked",
  [InvitationStatus.EXPIRED]: "has expired",
};

/** Adds the user as a member with the invite's relations. For a member, adds the relations. */
function join(fam: Fam, invite: InviteRow, userId: string): void {
  const { state, clock } = fam;
  const { id: invitationId, accountId } = invite;
  const member = membershipOf(state, accountId, userId);
  const relations = [...new Set([...(member?.relations ?? []), ...invite.relations])];
  if (member === undefined) {
    addMember(fam, { accountId, userId, relations, invitationId, acceptedAt: clock.now() });
  } else {
    state.members.update(member.id, { relations });
  }
  state.invites.update(invitationId, { status: "accepted" });
}
