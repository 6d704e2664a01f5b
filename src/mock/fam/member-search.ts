import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  type AccountMemberFilters,
  type AccountMemberSchema,
  InvitationStatus,
  MembershipStatus,
  type SortBy,
} from "../../../gen/fam/v1/member_pb.js";
import { failure } from "../engine/errors.js";
import { inviteStatus } from "./messages.js";
import { type Fam, userBy } from "./state/state.js";

/** A line of an account's list of members: a member, or an invitation that nobody has accepted. */
export interface Line {
  readonly id: string;
  readonly accountId: string;
  readonly membershipStatus: MembershipStatus;
  readonly userId: string;
  readonly invitationId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly relations: readonly string[];
  readonly expiresAt: number | null;
  readonly createdAt: number;
  readonly acceptedAt: number | null;
}

const statuses: Readonly<Partial<Record<InvitationStatus, MembershipStatus>>> = {
  [InvitationStatus.PENDING]: MembershipStatus.INVITED,
  [InvitationStatus.EXPIRED]: MembershipStatus.INVITATION_EXPIRED,
  [InvitationStatus.REVOKED]: MembershipStatus.INVITATION_REVOKED,
};

/** The keys that lines can be ordered by, and what of a line each compares. */
const keys: Readonly<Record<string, (line: Line) => string | number>> = {
  id: ({ id }) => id,
  membership_status: ({ membershipStatus }) => membershipStatus,
  user_id: ({ userId }) => userId,
  email: ({ email }) => email.toLowerCase(),
  first_name: ({ firstName }) => firstName.toLowerCase(),
  last_name: ({ lastName }) => lastName.toLowerCase(),
  expires_at: ({ expiresAt }) => expiresAt ?? Number.NEGATIVE_INFINITY,
  created_at: ({ createdAt }) => createdAt,
  accepted_at: ({ acceptedAt }) => acceptedAt ?? Number.NEGATIVE_INFINITY,
};

/** The lines of an account: its members, then its invitations, oldest first. */
export function linesOf({ state, clock }: Fam, accountId: string): Line[] {
  const now = clock.now();
  const members = state.members.by("account", accountId).map((member): Line => {
    const { email = "", firstName = "", lastName = "" } = state.users.get(member.userId) ?? {};
    return {
      ...member,
      membershipStatus: MembershipStatus.ACTIVE,
      invitationId: member.invitationId ?? "",
      email,
      firstName,
      lastName,
      expiresAt: null,
    };
  });
  const invited = state.invites.by("account", accountId).flatMap((invite): Line[] => {
    const membershipStatus = statuses[inviteStatus(invite, now)];
    if (membershipStatus === undefined) return [];
    const { id: userId = "", firstName = "", lastName = "" } = userBy(state, invite.email) ?? {};
    return [
      { ...invite, membershipStatus, userId, invitationId: invite.id, firstName, lastName, acceptedAt: null },
    ];
  });
  return [...members, ...invited];
}

/** Whether a line is one of those that are looked for. What is left empty narrows nothing. */
export function matches(line: Line, query: string, filters: AccountMemberFilters | undefined): boolean {
  const { statuses: wanted = [], relations = [] } = filters ?? {};
  const { email, firstName, lastName } = line;
  const needle = query.trim().toLowerCase();
  return (
    [email, `${firstName} ${lastName}`].some((text) => text.toLowerCase().includes(needle)) &&
    (wanted.length === 0 || wanted.includes(line.membershipStatus)) &&
    (relations.length === 0 || line.relations.some((relation) => relations.includes(relation)))
  );
}

/** Compares lines by some keys, the first of which weighs most. @throws ConnectError `invalid_argument` for an unknown key. */
export function orderBy(sort: readonly SortBy[]): (a: Line, b: Line) => number {
  const comparisons = sort.map(({ field, descending }) => {
    const key = Object.hasOwn(keys, field) ? keys[field] : undefined;
    if (key === undefined) {
      throw failure(
        "invalid_argument",
        `can't sort by "${field}": give one of ${Object.keys(keys).join(", ")}`,
      );
    }
    return (a: Line, b: Line) => (descending ? compare(key(b), key(a)) : compare(key(a), key(b)));
  });
  return (a, b) => {
    for (const comparison of comparisons) {
      const order = comparison(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** A line as a message. */
export function toLine(line: Line): MessageInitShape<typeof AccountMemberSchema> {
  const { id, accountId, membershipStatus, userId, invitationId, email, firstName, lastName } = line;
  return {
    id,
    accountId,
    membershipStatus,
    userId,
    invitationId,
    email,
    firstName,
    lastName,
    relations: [...line.relations],
    createdAt: timestampFromMs(line.createdAt),
    ...(line.expiresAt !== null && { expiresAt: timestampFromMs(line.expiresAt) }),
    ...(line.acceptedAt !== null && { acceptedAt: timestampFromMs(line.acceptedAt) }),
  };
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : Number(a > b);
}
