import { InvitationStatus } from "../../../gen/fam/v1/member_pb.js";
import { failure } from "../engine/errors.js";
import type { Access } from "./access/access.js";
import type { MemberRpcs } from "./access/rpcs.js";
import { inviteStatus, toInvitation } from "./messages.js";
import { enroll, issueTokens } from "./state/find-or-create.js";
import { addInvite, addMember, type Fam, type InviteRow, membership, userBy } from "./state/state.js";

type InviteRpcs = Pick<
  MemberRpcs,
  "inviteMember" | "acceptInvitation" | "revokeInvitation" | "listInvitations"
>;

/** How short a password may be. */
const passwordLength = 8;

/** Invitations to accounts. */
export function createInvites(fam: Fam, access: Access): InviteRpcs {
  const { state, clock } = fam;

  return {
    inviteMember({ accountId, email, relations }, caller) {
      access.account(caller, accountId, "invite");
      if (email === "") throw failure("invalid_argument", "must provide an email");
      const user = userBy(state, email);
      if (user !== undefined && membership(state, accountId, user.id) !== undefined) {
        throw failure("already_exists", `${email} is a member of the account already`);
      }
      const invite = addInvite(fam, { accountId, email, relations, inviterUserId: caller.userId });
      return { invitation: toInvitation(invite, clock.now()) };
    },

    acceptInvitation({ invitationToken, password }) {
      const [invite] = state.invites.by("token", invitationToken);
      if (invite === undefined) throw failure("invalid_argument", "unknown invitation token");
      const status = inviteStatus(invite, clock.now());
      if (status !== InvitationStatus.PENDING) {
        throw failure("failed_precondition", `the invitation ${refusals[status] ?? "is not open"}`);
      }
      if (userBy(state, invite.email) === undefined && password.length < passwordLength) {
        throw failure(
          "invalid_argument",
          `a new user needs a password of ${passwordLength} characters or more`,
        );
      }
      const user = enroll(fam, { email: invite.email });
      join(fam, invite, user.id);
      const { accessToken, refreshToken } = issueTokens(fam, user);
      return { accessToken, refreshToken };
    },

    revokeInvitation({ accountId, invitationId }, caller) {
      access.account(caller, accountId, "invite");
      const invite = state.invites.get(invitationId);
      if (invite?.accountId !== accountId) throw failure("not_found", `invitation ${invitationId} not found`);
      if (invite.status === "accepted") {
        throw failure("failed_precondition", "the invitation was accepted: it can't be revoked any more");
      }
      state.invites.update(invitationId, { status: "revoked" });
      return {};
    },

    listInvitations({ accountId }, caller) {
      access.account(caller, accountId, "take_part");
      const now = clock.now();
      return { invitations: state.invites.by("account", accountId).map((row) => toInvitation(row, now)) };
    },
  };
}

const refusals: Readonly<Partial<Record<InvitationStatus, string>>> = {
  [InvitationStatus.ACCEPTED]: "was accepted before",
  [InvitationStatus.REVOKED]: "was revoked",
  [InvitationStatus.EXPIRED]: "has expired",
};

/** Makes the user a member; one who has become a member meanwhile gets the invitation's relations as well. */
function join(fam: Fam, invite: InviteRow, userId: string): void {
  const { state, clock } = fam;
  const { id: invitationId, accountId, relations } = invite;
  const member = membership(state, accountId, userId);
  if (member === undefined) {
    addMember(fam, { accountId, userId, relations, invitationId, acceptedAt: clock.now() });
  } else {
    state.members.update(member.id, { relations: [...new Set([...member.relations, ...relations])] });
  }
  state.invites.update(invitationId, { status: "accepted" });
}
