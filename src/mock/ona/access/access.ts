import { failure } from "../../engine/errors.js";
import type { OnaAccountRow, OnaCaller } from "../state/rows.js";
import type { Ona } from "../state/state.js";

/** Who may do what. */
export class Access {
  readonly #ona: Ona;

  constructor(ona: Ona) {
    this.#ona = ona;
  }

  /** Who calls. @throws ConnectError `unauthenticated` without a known token, `permission_denied` for a blocked account. */
  authenticate(header: Headers): OnaCaller {
    const caller = this.#ona.sessions.authenticate(header);
    const blocked = this.#ona.state.accounts.get(caller.accountId)?.blockedFor ?? null;
    if (blocked !== null) throw failure("permission_denied", "account is blocked");
    return caller;
  }

  /** An account. @throws ConnectError `not_found` if there is none with this id. */
  account(accountId: string): OnaAccountRow {
    const account = this.#ona.state.accounts.get(accountId);
    if (account === undefined) throw failure("not_found", "account not found");
    return account;
  }
}
