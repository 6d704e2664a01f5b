import { failure } from "../../engine/errors.js";
import type { FamAccountRow, FamCaller } from "../state/rows.js";
import { type Fam, membershipOf } from "../state/state.js";

/** The right that a call requires: any relation to the account, the right to invite others, or ownership. */
export type Right = "any_relation" | "invite" | "own";

/** The relations that have a right. Empty if every relation has it. */
const relationsFor: Readonly<Record<Right, readonly string[]>> = {
  any_relation: [],
  invite: ["owner", "admin"],
  own: ["owner"],
};

/**
 * The additional permissions of each relation. Every relation also has the permissions of `member`. An unknown relation
 * has no others.
 */
const permissionsOf: Readonly<Record<string, readonly string[]>> = {
  member: ["account.read", "account.update", "members.read", "billing.read", "billing.update"],
  admin: ["members.invite"],
  owner: ["members.invite", "account.delete"],
};

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
   * @throws ConnectError `not_found` if there is none, `permission_denied` if the caller does not have the right.
   */
  account(caller: FamCaller, accountId: string, right: Right): FamAccountRow {
    const account = this.#fam.state.accounts.get(accountId);
    if (account === undefined) throw failure("not_found", `account ${accountId} not found`);
    const relations = this.relations(account, caller.userId);
    if (relations.length === 0)
      throw failure("permission_denied", "the caller has no relation to the account");
    const accepted = relationsFor[right];
    if (accepted.length > 0 && !relations.some((relation) => accepted.includes(relation))) {
      throw failure("permission_denied", `this requires one of these relations: ${accepted.join(", ")}`);
    }
    return account;
  }

  /** Returns a user's relations to an account and to the accounts above it. One may be in the list twice. */
  relations({ hierarchy }: FamAccountRow, userId: string): string[] {
    return hierarchy.flatMap((id) => membershipOf(this.#fam.state, id, userId)?.relations ?? []);
  }

  /** Returns the permissions of these relations. */
  permissions(relations: readonly string[]): string[] {
    const names = relations.length === 0 ? [] : ["member", ...relations];
    return [...new Set(names.flatMap((name) => permissionsOf[name] ?? []))].sort();
  }
}
