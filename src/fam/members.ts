import type { Client } from "@connectrpc/connect";
import type { MemberService } from "../../gen/fam/v1/member_pb.js";
import { required, toNumber } from "../core/convert.js";
import type { List, ListOptions } from "../core/list.js";
import { listAll } from "../core/list-all.js";
import { listByNumber } from "../core/list-by-number.js";
import { toConnect } from "../core/options.js";
import {
  type AccountMember,
  type Member,
  membershipStatuses,
  type SearchableStatus,
  toAccountMember,
  toMember,
} from "./models.js";

/** What `members.search` looks for. What is left out narrows nothing. */
export interface MemberSearch {
  /** A part of an email address or a name. */
  readonly query?: string | undefined;
  /** Only those who stand to the account in one of these ways. `["active"]` leaves the invitations out. */
  readonly statuses?: readonly SearchableStatus[] | undefined;
  /** Only those with one of these relations to the account. */
  readonly relations?: readonly string[] | undefined;
  /** What to order by, the weightiest first. Default: the server's order. */
  readonly sort?: readonly MemberOrder[] | undefined;
}

/** One key to order members by. */
export interface MemberOrder {
  /** The field as the API writes it, such as `email` or `created_at`. */
  readonly field: string;
  /** Whether the greatest comes first. Default false. */
  readonly descending?: boolean | undefined;
}

/** The people in an account: `client.members`. */
export class Members {
  readonly #rpc: Client<typeof MemberService>;

  /** @internal */
  constructor(rpc: Client<typeof MemberService>) {
    this.#rpc = rpc;
  }

  /**
   * The members of an account, in one page: who is what. Their names and addresses come with {@link Members.search}.
   * Calls `ListMembers`.
   *
   * @throws NotFoundError where there is no such account.
   * @throws PermissionDeniedError where the caller has no part in it, nor in an account above it.
   *
   * @example
   * ```ts
   * for await (const member of client.members.list(accountId)) console.log(member.userId, member.relations);
   * ```
   */
  list(accountId: string, options?: ListOptions): List<Member> {
    return listAll(async (callOptions) => {
      const request = { accountId: required(accountId, "accountId") };
      const { members } = await this.#rpc.listMembers(request, toConnect(callOptions));
      return members.map(toMember);
    }, options);
  }

  /**
   * Members and invitations of an account, page by page, with how many there are in all as `total`. The server decides
   * how long a page is: `pageSize` is not sent. Calls `ListAccountMembers`.
   *
   * @throws InvalidArgumentError where the server can't sort by a field.
   * @throws NotFoundError where there is no such account.
   * @throws PermissionDeniedError where the caller has no part in it, nor in an account above it.
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
  search(accountId: string, search: MemberSearch = {}, options?: ListOptions): List<AccountMember> {
    const { query = "", statuses = [], relations = [], sort = [] } = search;
    return listByNumber(async (page, callOptions) => {
      const request = {
        accountId: required(accountId, "accountId"),
        query,
        filters: {
          statuses: statuses.map((status) => membershipStatuses.toValue(status, "statuses")),
          relations: [...relations],
        },
        sort: sort.map(({ field, descending = false }) => ({
          field: required(field, "sort.field"),
          descending,
        })),
        page,
      };
      const response = await this.#rpc.listAccountMembers(request, toConnect(callOptions));
      return {
        items: response.members.map(toAccountMember),
        page: response.page,
        perPage: response.perPage,
        total: toNumber(response.totalResults, "total_results"),
      };
    }, options);
  }
}
