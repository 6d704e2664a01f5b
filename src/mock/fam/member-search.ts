import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  type AccountMemberFilters,
  type AccountMemberSchema,
  InvitationStatus,
  MembershipStatus,
  type SortBy,
} from "../../../gen/fam/v1/member_pb.js";
import { compare } from "../engine/compare.js";
import { failure } from "../engine/errors.js";
import { inviteStatus } from "./messages.js";
import { type Fam, userByEmail } from "./state/state.js";

/** A result of a search: a member, or an invite that was not accepted. */
export interface FoundMember {
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

/** The fields that results can be sorted by, each with a function that returns the value to compare. */
const keys: Readonly<Record<string, (found: FoundMember) => string | number>> = {
  id: ({ id }) => id,
  account_id: ({ accountId }) => accountId,
  membership_status: ({ membershipStatus }) => membershipStatus,
  user_id: ({ userId }) => userId,
  invitation_id: ({ invitationId }) => invitationId,
  email: ({ email }) => email.toLowerCase(),
  first_name: ({ firstName }) => firstName.toLowerCase(),
  last_name: ({ lastName }) => lastName.toLowerCase(),
  expires_at: ({ expiresAt }) => expiresAt ?? Number.NEGATIVE_INFINITY,
  created_at: ({ createdAt }) => createdAt,
  accepted_at: ({ acceptedAt }) => acceptedAt ?? Number.NEGATIVE_INFINITY,
};

/**
 * Returns the members of an account, then its invites that were not accepted, oldest first. The fields are listed one by one, because
 * spreads are slow, and each page of a long list reads the whole list.
 */
export function membersAndInvites({ state, clock }: Fam, accountId: string): FoundMember[] {
  const now = clock.now();
  const members = state.members.by("account", accountId).map((member): FoundMember => {
    const { email = "", firstName = "", lastName = "" } = state.users.get(member.userId) ?? {};
    return {
      id: member.id,
      accountId,
      membershipStatus: MembershipStatus.ACTIVE,
      userId: member.userId,
      invitationId: member.invitationId ?? "",
      email,
      firstName,
      lastName,
      relations: member.relations,
      expiresAt: null,
      createdAt: member.createdAt,
      acceptedAt: member.acceptedAt,
    };
  });
  const invited = state.invites.by("account", accountId).flatMap((invite): FoundMember[] => {
    const membershipStatus = statuses[inviteStatus(invite, now)];
    if (membershipStatus === undefined) return [];
    const { id: userId = "", firstName = "", lastName = "" } = userByEmail(state, invite.email) ?? {};
    return [
      {
        id: invite.id,
        accountId,
        membershipStatus,
        userId,
        invitationId: invite.id,
        email: invite.email,
        firstName,
        lastName,
        relations: invite.relations,
        expiresAt: invite.expiresAt,
        createdAt: invite.createdAt,
        acceptedAt: null,
      },
    ];
  });
  return [...members, ...invited];
}

/** Returns whether a member matches a search. An empty query or filter matches all members. */
export function matches(
  member: FoundMember,
  query: string,
  filters: AccountMemberFilters | undefined,
): boolean {
  const { statuses: wanted = [], relations = [] } = filters ?? {};
  const { email, firstName, lastName } = member;
  const needle = query.trim().toLowerCase();
  const isFound = (text: string) => text.toLowerCase().includes(needle);
  return (
    (needle === "" || isFound(email) || isFound(`${firstName} ${lastName}`)) &&
    (wanted.length === 0 || wanted.includes(member.membershipStatus)) &&
    (relations.length === 0 || member.relations.some((relation) => relations.includes(relation)))
  );
}

/** Returns a function that compares members by these fields in turn. @throws ConnectError `invalid_argument` for an unknown field. */
export function orderBy(sort: readonly SortBy[]): (a: FoundMember, b: FoundMember) => number {
  const comparisons = sort.map(({ field, descending }) => {
    const key = Object.hasOwn(keys, field) ? keys[field] : undefined;
    if (key === undefined) {
      throw failure(
        "invalid_argument",
        `cannot sort by "${field}": give one of ${Object.keys(keys).join(", ")}`,
      );
    }
    return (a: FoundMember, b: FoundMember) =>
      descending ? compare(key(b), key(a)) : compare(key(a), key(b));
  });
  return (a, b) => {
    for (const comparison of comparisons) {
      const order = comparison(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** Converts a result to a message. */
export function toAccountMember(member: FoundMember): MessageInitShape<typeof AccountMemberSchema> {
  const { relations, createdAt, expiresAt, acceptedAt, ...fields } = member;
  return {
    ...fields,
    relations: [...relations],
    createdAt: timestampFromMs(createdAt),
    ...(expiresAt !== null && { expiresAt: timestampFromMs(expiresAt) }),
    ...(acceptedAt !== null && { acceptedAt: timestampFromMs(acceptedAt) }),
  };
}
