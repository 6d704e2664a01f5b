import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import type { VydonRpcs } from "./access/rpcs.js";
import { toAccount } from "./messages.js";
import { needsBilling } from "./options.js";
import type { VydonCaller } from "./state/rows.js";
import type { Vydon } from "./state/state.js";

const rpc = UserAccountService.method;
const largestInt64 = 2n ** 63n - 1n;

/**
 * Creates the RPCs for the vendor's own workers. They list the accounts that are billing customers, and report usage.
 */
export function createMetering({ state, clock, modes, stripe }: Vydon, { byUser }: VydonRpcs) {
  function refuseAllButWorkers({ kind }: VydonCaller): void {
    if (modes.cloud && kind !== "worker_key") {
      const text = "must provide valid authentication credentials for this endpoint";
      throw failure("permission_denied", text);
    }
  }

  return {
    getBillingAccounts: byUser(rpc.getBillingAccounts, {}, ({ accountIds }, { caller }) => {
      refuseAllButWorkers(caller);
      const wanted = new Set(accountIds.map(toUuid));
      const accounts = Array.from(state.accounts.all()).filter(
        ({ id, stripeCustomerId }) => stripeCustomerId !== null && (wanted.size === 0 || wanted.has(id)),
      );
      return { accounts: accounts.map(toAccount) };
    }),

    setBillingMeterEvent: byUser(
      rpc.setBillingMeterEvent,
      { offered: needsBilling },
      ({ accountId, eventName, value, eventId, timestamp = 0n }, { caller }) => {
        refuseAllButWorkers(caller);
        const account = state.accounts.get(accountId.toLowerCase());
        if (account === undefined) throw failure("not_found", "account does not exist");
        if (account.stripeCustomerId === null) {
          throw failure("invalid_argument", "account is not an active billed customer");
        }
        if (timestamp > largestInt64) {
          throw failure("unknown", `uint64 value ${timestamp} overflows int64`);
        }
        stripe.checkMeterValue(value);
        if (state.meterEvents.has(eventId)) return {};
        const at = timestamp === 0n ? clock.now() : Number(timestamp) * 1_000;
        state.meterEvents.insert({ id: eventId, accountId: account.id, eventName, value, at });
        return {};
      },
    ),
  };
}

/**
 * Reads an id as the server does: with or without dashes, in upper or lower case. The schema has no rule for the ids of this list.
 *
 * @throws ConnectError `unknown` if it is not a UUID.
 */
function toUuid(text: string): string {
  const digits = text.replace(/^(.{8}).(.{4}).(.{4}).(.{4}).(.{12})$/s, "$1$2$3$4$5");
  if (digits.length !== 32) throw badUuid(`cannot parse UUID ${text}`);
  const wrong = /[^0-9a-f]/i.exec(digits)?.[0];
  if (wrong !== undefined) {
    const number = wrong.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    throw badUuid(`encoding/hex: invalid byte: U+${number} '${wrong}'`);
  }
  return digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function badUuid(reason: string) {
  return failure("unknown", `input did not contain entirely valid uuids: ${reason}`);
}
