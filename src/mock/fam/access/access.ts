import { failure } from "../../engine/errors.js";
import type { AccountRow, Fam, FamCaller } from "../state/state.js";
import { membership } from "../state/state.js";

/** What one may want to do with an account: to take part in it in any way, to choose who does, or to own it. */
export type Right = "take_part" | "invite" | "own";

/** The relations that give a right; none where any relation does. */
const relationsFor: Readonly<Record<Right, readonly string[]>> = {
  take_part: [],
  invite: ["owner", "admin"],
  own: ["owner"],
};

/** What each relation lets do; one that is not named here lets do what `member` does. */
const permissionsOf: Readonly<Record<string, readonly string[]>> = {
  member: ["account.read", "account.update", "members.read", "billing.read", "billing.update"],
  admin: ["members.invite"],
  owner: ["members.invite", "account.delete"],
};

/** Who may do what. What somebody is to an account, they are to all accounts below it. */
export class Access {
  readonly #fam: Fam;

  constructor(fam: Fam) {
    this.#fam = fam;
  }

  /**
   * The account, for a caller who has the right.
   *
   * @throws ConnectError `not_found` if there is none; `permission_denied` for a caller without the right.
   */
  account(caller: FamCaller, accountId: string, right: Right): AccountRow {
    const account = this.#fam.state.accounts.get(accountId);
    if (account === undefined) throw failure("not_found", `account ${accountId} not found`);
    const relations = this.relations(account, caller.userId);
    if (relations.length === 0) throw failure("permission_denied", "no relation to the account");
    const wanted = relationsFor[right];
    if (wanted.length > 0 && !relations.some((relation) => wanted.includes(relation))) {
      throw failure("permission_denied", `this takes one of these relations: ${wanted.join(", ")}`);
    }
    return account;
  }

  /** What a user is to an account, by itself and by the accounts above it. */
  relations(account: AccountRow, userId: string): string[] {
    const all = account.hierarchy.flatMap((id) => membership(this.#fam.state, id, userId)?.relations ?? []);
    return [...new Set(all)];
  }

  /** What these relations let do. */
  permissions(relations: readonly string[]): string[] {
    const names = relations.length === 0 ? [] : ["member", ...relations];
    return [...new Set(names.flatMap((name) => permissionsOf[name] ?? []))].sort();
  }
}
