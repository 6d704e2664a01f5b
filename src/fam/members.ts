import { listAccountMembers, listMembers } from "../../gen/fam/v1/member_methods.js";
import type { ListAccountMembersRequestJson, SortByJson } from "../../gen/fam/v1/member_pb.js";
import type { Caller } from "../core/call/caller.js";
import { fieldsOf, flag, listOf, required, requiredText } from "../core/checks/arguments.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import { listByNumber } from "../core/lists/list-by-number.js";
import {
  type FamAccountMember,
  type FamMember,
  type FamSearchableStatus,
  membershipStatuses,
  toAccountMemberPage,
  toMembers,
} from "./models/member.js";

/** The members and invites to search for, and their order. An entry must match all filters. */
export interface FamMemberSearch {
  /** A part of an email address or a name. Default: any. An empty string is not sent. */
  readonly query?: string | undefined;
  /** Only entries with one of these statuses. `["active"]` leaves out the invites. Default: all. */
  readonly statuses?: readonly FamSearchableStatus[] | undefined;
  /** Only entries with one of these relations to the account. Default: all. */
  readonly relations?: readonly string[] | undefined;
  /** The keys to sort by, the most important first. Default: the server's order. */
  readonly sort?: readonly FamMemberOrder[] | undefined;
}

/** A key to sort members by. */
export interface FamMemberOrder {
  /** The field's name in the API, such as `email` or `created_at`. */
  readonly field: string;
  /** Whether the greatest value comes first: the largest, the latest, or the last in the alphabet. Default false. */
  readonly descending?: boolean | undefined;
}

/** The members of accounts and their relations: `client.members`. */
export class FamMembers {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Lists the members of an account and their relations to it, in one page. {@link FamMembers.search} returns their
   * names and emails too. Calls `ListMembers`.
   *
   * @throws NotFoundError if there is no such account.
   * @throws PermissionDeniedError if the caller has no relation to it or to an account above it.
   *
   * @example
   * ```ts
   * for await (const member of client.members.list(accountId)) console.log(member.userId, member.relations);
   * ```
   */
  list(accountId: string, options?: ListOptions): List<FamMember> {
    return listAll(this.#call, listMembers, () => required({ accountId }), toMembers, options);
  }

  /**
   * Lists members and invites of an account, page by page. Pages have the `total`. The server decides their size:
   * `pageSize` is not sent. Calls `ListAccountMembers`.
   *
   * @throws InvalidArgumentError if the server cannot sort by a field.
   * @throws NotFoundError if there is no such account.
   * @throws PermissionDeniedError if the caller has no relation to it or to an account above it.
   *
   * @example
   * ```ts
   * const admins = client.members.search(accountId, {
   *   statuses: ["active"],
   *   relations: ["owner", "admin"],
   *   sort: [{ field: "email" }],
   * });
   * for await (const { email, relations } of admins) console.log(email, relations);
   * ```
   */
  search(accountId: string, search: FamMemberSearch = {}, options?: ListOptions): List<FamAccountMember> {
    return listByNumber(
      this.#call,
      listAccountMembers,
      (page) => ({ ...required({ accountId }), ...fromSearch(search), page }),
      toAccountMemberPage,
      options,
    );
  }
}

function fromSearch(search: FamMemberSearch): ListAccountMembersRequestJson {
  const { query = "", statuses = [], relations = [], sort = [] } = fieldsOf(search, "search");
  return {
    ...(query !== "" && required({ query })),
    filters: {
      statuses: listOf(statuses, "statuses", membershipStatuses.toWire),
      relations: listOf(relations, "relations", requiredText),
    },
    sort: listOf(sort, "sort", fromOrder),
  };
}

function fromOrder(order: FamMemberOrder, argument: string): SortByJson {
  const { field, descending = false } = fieldsOf(order, argument);
  return {
    field: requiredText(field, `${argument}.field`),
    descending: flag(descending, `${argument}.descending`),
  };
}
