import { failure } from "../../engine/errors.js";
import { Sessions } from "../../engine/state/sessions.js";
import type { AccountRow, Ona, OnaCaller } from "../state/state.js";

/** Who may do what. */
export class Access {
  readonly #ona: Ona;
  readonly #sessions: Sessions<OnaCaller>;

  constructor(ona: Ona) {
    this.#ona = ona;
    this.#sessions = new Sessions(ona.state.sessions, ona.clock, ona.past);
  }

  /** Who calls. @throws ConnectError `unauthenticated` without a known token; `permission_denied` for a blocked account. */
  authenticate(header: Headers): OnaCaller {
    const caller = this.#sessions.authenticate(header);
    const blocked = this.#ona.state.accounts.get(caller.accountId)?.blockedFor ?? null;
    if (blocked !== null) throw failure("permission_denied", "account is blocked");
    return caller;
  }

  /** An account. @throws ConnectError `not_found` if there is none of that id. */
  account(accountId: string): AccountRow {
    const account = this.#ona.state.accounts.get(accountId);
    if (account === undefined) throw failure("not_found", "account not found");
    return account;
  }
}
