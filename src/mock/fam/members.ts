import { MemberService } from "../../../gen/fam/v1/member_pb.js";
import { type FamRpcs, withPermission } from "./access/rpcs.js";
import { matches, membersAndInvites, orderBy, toAccountMember } from "./member-search.js";
import type { Fam } from "./state/state.js";

const rpc = MemberService.method;

/** Creates the RPCs for the members of accounts. */
export function createMembers(fam: Fam, { forAccount }: FamRpcs) {
  const { state, perPage } = fam;

  return {
    listMembers: forAccount(rpc.listMembers, withPermission("members.read"), (_request, { account }) => {
      const members = state.members.by("account", account.id);
      return { members: members.map(({ userId, relations }) => ({ userId, relations: [...relations] })) };
    }),

    listAccountMembers: forAccount(
      rpc.listAccountMembers,
      withPermission("members.read"),
      ({ query, filters, sort, ...request }, { account }) => {
        // Without the rules of the schema, a page may be less than 1.
        const page = Math.max(1, request.page);
        const found = membersAndInvites(fam, account.id)
          .filter((member) => matches(member, query, filters))
          .sort(orderBy(sort));
        const start = (page - 1) * perPage;
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
