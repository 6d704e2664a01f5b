import { MemberService } from "../../../gen/fam/v1/member_pb.js";
import type { FamRpcs } from "./access/rpcs.js";
import { matches, membersAndInvites, orderBy, toAccountMember } from "./member-search.js";
import type { Fam } from "./state/state.js";

const rpc = MemberService.method;

/** The members of accounts. */
export function createMembers(fam: Fam, { access, signedIn }: FamRpcs) {
  const { state, perPage } = fam;

  return {
    listMembers: signedIn(rpc.listMembers, ({ accountId }, caller) => {
      access.account(caller, accountId, "take_part");
      const members = state.members.by("account", accountId);
      return { members: members.map(({ userId, relations }) => ({ userId, relations: [...relations] })) };
    }),

    listAccountMembers: signedIn(
      rpc.listAccountMembers,
      ({ accountId, query, filters, sort, page }, caller) => {
        access.account(caller, accountId, "take_part");
        const order = orderBy(sort);
        const found = membersAndInvites(fam, accountId)
          .filter((member) => matches(member, query, filters))
          .sort(order);
        const start = (Math.max(1, page) - 1) * perPage;
        return {
          members: found.slice(start, start + perPage).map(toAccountMember),
          page,
          perPage,
          totalResults: BigInt(found.length),
        };
      },
    ),
  };
}
