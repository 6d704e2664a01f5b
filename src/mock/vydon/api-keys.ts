import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { ApiKeyService } from "../../../gen/mgmt/v1alpha1/api_key_pb.js";
import { failure } from "../engine/errors.js";
import { lastInstant } from "../engine/time/instant.js";
import { edit, type VydonRpcs, view } from "./access/rpcs.js";
import { toApiKey } from "./messages.js";
import { addApiKey, deleteApiKey, expiryOf, hasKeyNamed, renewApiKey } from "./state/api-keys.js";
import type { ApiKeyRow } from "./state/rows.js";
import type { Vydon } from "./state/state.js";

const rpc = ApiKeyService.method;

/** The error text of the real server's database for a name that another key of the account has. */
const nameTaken =
  'ERROR: duplicate key value violates unique constraint "account_api_keys_account_id_key_name" (SQLSTATE 23505)';

/**
 * Creates the RPCs for API keys. The server looks for a key before it checks the caller, so any caller can find out whether a key exists.
 */
export function createApiKeys(vydon: Vydon, { access, signedIn, forAccount }: VydonRpcs) {
  const { state } = vydon;
  const find = (id: string) => state.apiKeys.get(id.toLowerCase());

  const toMessage = (key: ApiKeyRow, token?: string) => toApiKey(key, expiryOf(vydon, key), token);

  return {
    getAccountApiKeys: forAccount(rpc.getAccountApiKeys, view, (_request, { account }) => ({
      apiKeys: state.apiKeys.by("account", account.id).map((key) => toMessage(key)),
    })),

    getAccountApiKey: signedIn(rpc.getAccountApiKey, ({ id }, caller) => {
      const key = find(id);
      if (key === undefined) throw failure("not_found", "unable to find api key");
      access.account(caller, key.accountId, view);
      return { apiKey: toMessage(key) };
    }),

    createAccountApiKey: forAccount(
      rpc.createAccountApiKey,
      edit,
      ({ name, expiresAt }, { account, userId }) => {
        if (hasKeyNamed(state, account.id, name)) throw failure("unknown", nameTaken);
        const made = addApiKey(vydon, {
          accountId: account.id,
          name,
          createdById: userId,
          expiresAt: expiryMs(expiresAt),
        });
        return { apiKey: toMessage(made.key, made.token) };
      },
    ),

    regenerateAccountApiKey: signedIn(rpc.regenerateAccountApiKey, ({ id, expiresAt }, caller) => {
      const key = find(id);
      if (key === undefined) throw failure("not_found", "account api key not found");
      const { userId } = access.account(caller, key.accountId, edit);
      const renewed = renewApiKey(vydon, key, userId, expiryMs(expiresAt));
      return { apiKey: toMessage(renewed.key, renewed.token) };
    }),

    deleteAccountApiKey: signedIn(rpc.deleteAccountApiKey, ({ id }, caller) => {
      const key = find(id);
      if (key === undefined) return {};
      access.account(caller, key.accountId, edit);
      deleteApiKey(vydon, key.id);
      return {};
    }),
  };
}

/**
 * Returns an expiry in milliseconds since 1970, with the microseconds that the server's database keeps. Returns 0 if it is missing, which
 * only a server that does not validate accepts.
 */
function expiryMs(expiresAt: Timestamp | undefined): number {
  if (expiresAt === undefined) return 0;
  const ms = Number(expiresAt.seconds) * 1_000 + Math.floor(expiresAt.nanos / 1_000) / 1_000;
  return Math.min(ms, lastInstant);
}
