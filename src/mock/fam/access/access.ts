import { failure } from "../../engine/errors.js";
import { keysOf } from "../../engine/records.js";
import type { FamAccountRow, FamCaller } from "../state/rows.js";
import { type Fam, membershipOf } from "../state/state.js";

/** The relations that have each permission in an account. Empty if every relation has it, even an unknown one. */
const relationsWith = {
  "account.delete": ["owner"],
  "account.read": [],
  "account.update": [],
  "billing.read": [],
  "billing.update": [],
  "members.invite": ["owner", "admin"],
  "members.read": [],
} satisfies Readonly<Record<string, readonly string[]>>;

/** A permission in an account, as `ListMyPermissions` names it. */
export type Permission = keyof typeof relationsWith;

/**
 * Finds the account in a request, and checks what the caller may do. A relation to an account is also a relation to all
 * accounts below it.
 */
export class Access {
  readonly #fam: Fam;

  constructor(fam: Fam) {
    this.#fam = fam;
  }

  /**
   * Returns the account with this id.
   *
   * @throws ConnectError `not_found` if there is none, `permission_denied` if the caller does not have the permission.
   */
  account(caller: FamCaller, accountId: string, permission: Permission): FamAccountRow {
    const account = this.#fam.state.accounts.get(accountId);
    if (account === undefined) throw failure("not_found", `account ${accountId} not found`);
    const relations = this.relations(account, caller.userId);
    if (relations.length === 0)
      throw failure("permission_denied", "the caller has no relation to the account");
    if (hasPermission(relations, permission)) return account;
    const accepted = relationsWith[permission].join(", ");
    throw failure("permission_denied", `this requires one of these relations: ${accepted}`);
  }

  /** Returns a user's relations to an account and to the accounts above it. One may be in the list twice. */
  relations({ hierarchy }: FamAccountRow, userId: string): string[] {
    return hierarchy.flatMap((id) => membershipOf(this.#fam.state, id, userId)?.relations ?? []);
  }

  /** Returns the permissions of these relations. */
  permissions(relations: readonly string[]): Permission[] {
    return keysOf(relationsWith).filter((permission) => hasPermission(relations, permission));
  }
}

function hasPermission(relations: readonly string[], permission: Permission): boolean {
  const accepted: readonly string[] = relationsWith[permission];
  return relations.some((relation) => accepted.length === 0 || accepted.includes(relation));
}
