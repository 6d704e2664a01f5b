import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Client } from "@connectrpc/connect";
import type { MockServer } from "tenantry/mock";
import { expect } from "vitest";
import type { ApiKeyService } from "../../../gen/mgmt/v1alpha1/api_key_pb.js";
import { AuthService } from "../../../gen/mgmt/v1alpha1/auth_pb.js";
import { text } from "../texts.js";
import type { World } from "../world.js";

/** Calls every method of signing in to Vydon. Returns the access token. */
export async function signIn({ vydon }: MockServer, client: World["client"], email: string): Promise<string> {
  const anonymous = client(AuthService);
  await anonymous.getAuthStatus({});
  const redirectUri = "http://127.0.0.1:4242/callback";
  const scope = "openid offline_access";
  const { url } = await anonymous.getAuthorizeUrl({ state: text, redirectUri, scope });
  expect(new URL(url).searchParams.get("state")).toBe(text);
  const code = vydon.issuer.code({ email });
  const { accessToken: first } = await anonymous.loginCli({ code, redirectUri });
  const { accessToken } = await anonymous.refreshCli({ refreshToken: first?.refreshToken ?? "" });
  const token = accessToken?.accessToken ?? "";
  await client(AuthService, token).checkToken({});
  return token;
}

/** Calls every method of an account's API keys. */
export async function manageKeys(
  { clock }: MockServer,
  keys: Client<typeof ApiKeyService>,
  accountId: string,
): Promise<void> {
  const expiresAt = timestampFromMs(clock.now() + 3_600_000);
  const { apiKey } = await keys.createAccountApiKey({ accountId, name: "ci-key", expiresAt });
  const id = apiKey?.id ?? "";
  await keys.getAccountApiKey({ id });
  await keys.getAccountApiKeys({ accountId });
  await keys.regenerateAccountApiKey({ id, expiresAt });
  await keys.deleteAccountApiKey({ id });
}
