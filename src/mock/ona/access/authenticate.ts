import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { AccountService } from "../../../../gen/gitpod/v1/account_pb.js";
import { failure } from "../../engine/errors.js";
import { userOf } from "../state/members.js";
import type { OnaCaller } from "../state/rows.js";
import type { Ona } from "../state/state.js";

/** The methods that accept the token of a deleted account. They look for the account themselves, and fail with `not_found`. */
const ofOwnAccount: readonly string[] = [
  AccountService.method.getAccount.name,
  AccountService.method.deleteAccount.name,
];

/**
 * Returns the holder of a call's token.
 *
 * @throws ConnectError `unauthenticated` if the token is missing, unknown or expired, or if its account was deleted and
 * the method needs one. `permission_denied` if the account is blocked or the user is suspended.
 */
export function authenticate(ona: Ona, header: Headers, method = ""): OnaCaller {
  const caller = ona.sessions.authenticate(header);
  if (!ona.state.accounts.has(caller.accountId) && !ofOwnAccount.includes(method)) {
    throw failure("unauthenticated", "the token's account no longer exists");
  }
  checkHolder(ona, caller);
  return caller;
}

/** Checks that the holder of a token may use it. @throws ConnectError `permission_denied` if the account is blocked or the user is suspended. */
export function checkHolder({ state }: Ona, holder: OnaCaller): void {
  const blocked = state.accounts.get(holder.accountId)?.blockedFor ?? null;
  if (blocked !== null) throw failure("permission_denied", "account is blocked");
  if (holder.kind === "user" && userOf(state, holder.userId)?.status === "suspended") {
    throw failure("permission_denied", "user is suspended");
  }
}

/** Records that the caller's token is used now, if it is a personal access token. */
export function recordUse({ state, clock }: Ona, caller: OnaCaller): void {
  if (caller.kind === "user" && caller.tokenId !== null) {
    state.tokens.update(caller.tokenId, { lastUsed: clock.now() });
  }
}

/** Checks that a token may call a method. @throws ConnectError `permission_denied` if the token is read-only and the method writes. */
export function checkMethod(caller: OnaCaller, { idempotency }: DescMethod): void {
  const reads = idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
  if (caller.kind === "user" && caller.readOnly && !reads) {
    throw failure("permission_denied", "the token can only read");
  }
}
