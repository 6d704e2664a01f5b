import type { Access } from "./access/access.js";
import type { MemberRpcs } from "./access/rpcs.js";
import { linesOf, matches, orderBy, toLine } from "./member-search.js";
import type { Fam } from "./state/state.js";

/** The people in an account. */
export function createMembers(
  fam: Fam,
  access: Access,
): Pick<MemberRpcs, "listMembers" | "listAccountMembers"> {
  const { state, perPage } = fam;

  return {
    listMembers({ accountId }, caller) {
      access.account(caller, accountId, "take_part");
      const members = state.members.by("account", accountId);
      return { members: members.map(({ userId, relations }) => ({ userId, relations: [...relations] })) };
    },

    listAccountMembers({ accountId, query, filters, sort, page }, caller) {
      access.account(caller, accountId, "take_part");
      const order = orderBy(sort);
      const found = linesOf(fam, accountId)
        .filter((line) => matches(line, query, filters))
        .sort(order);
      const start = (Math.max(1, page) - 1) * perPage;
      return {
        members: found.slice(start, start + perPage).map(toLine),
        page,
        perPage,
        totalResults: BigInt(found.length),
      };
    },
  };
}
