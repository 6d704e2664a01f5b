import { timestampDate, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createConnectRouter, type HandlerContext } from "@connectrpc/connect";
import { createFetchHandler } from "@connectrpc/connect/protocol";
import { type AccountApiKey, ApiKeyService } from "../../gen/mgmt/v1alpha1/api_key_pb.js";
import { AuthService } from "../../gen/mgmt/v1alpha1/auth_pb.js";
import { UserAccountService, UserAccountType } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Clock } from "./scripted.js";

/** What a {@link signInServer} is like. */
export interface SignInServerOptions {
  readonly clock: Clock;
  /** Whether a refresh token is good once. Default true. */
  readonly rotates?: boolean;
  /** How long an access token lives, in seconds. Default 3 600. */
  readonly lifeSeconds?: number;
}

/** One call that came in. */
interface SeenCall {
  readonly method: string;
  readonly authorization: string | null;
}

const second = 1_000;

/**
 * A server with Vydon's AuthService and ApiKeyService, and the identity provider behind it: as much of them as it takes to sign
 * in, over Connect's own handlers.
 */
export function signInServer({ clock, rotates = true, lifeSeconds = 3_600 }: SignInServerOptions) {
  const calls: SeenCall[] = [];
  /** Redirect URIs by code. */
  const codes = new Map<string, string>();
  /** When access tokens expire. */
  const accessTokens = new Map<string, number>();
  const refreshTokens = new Set<string>();
  const keys: Omit<AccountApiKey, "$typeName">[] = [];
  const refused = new Set<string>();
  let count = 0;

  function issue(withRefreshToken: boolean) {
    count++;
    const accessToken = `access-${count}`;
    accessTokens.set(accessToken, clock.now() + lifeSeconds * second);
    const refreshToken = `refresh-${count}`;
    if (withRefreshToken) refreshTokens.add(refreshToken);
    return {
      accessToken: {
        accessToken,
        expiresIn: BigInt(lifeSeconds),
        scope: "openid profile",
        tokenType: "Bearer",
        ...(withRefreshToken && { refreshToken }),
      },
    };
  }

  function authenticate({ requestHeader }: HandlerContext): void {
    const token = requestHeader.get("authorization")?.replace("Bearer ", "") ?? "";
    if ((accessTokens.get(token) ?? 0) > clock.now()) return;
    throw new ConnectError("token is expired", Code.Unauthenticated);
  }

  function keyOf(id: string) {
    const key = keys.find((each) => each.id === id);
    if (key) return key;
    throw new ConnectError("unable to find api key", Code.NotFound);
  }

  function withoutValue({ keyValue: _, ...key }: (typeof keys)[number]) {
    return key;
  }

  const router = createConnectRouter({ grpc: false, grpcWeb: false })
    .service(AuthService, {
      getAuthStatus: () => ({ isEnabled: true }),
      getAuthorizeUrl: ({ state, redirectUri, scope }) => ({
        url: `https://issuer.example.com/authorize?${new URLSearchParams({ redirect_uri: redirectUri, scope, state })}`,
      }),
      loginCli({ code, redirectUri }) {
        const issuedFor = codes.get(code);
        codes.delete(code);
        if (issuedFor === redirectUri) return issue(true);
        throw new ConnectError("Request unauthenticated", Code.Unauthenticated);
      },
      refreshCli({ refreshToken }) {
        if (!refreshTokens.has(refreshToken)) {
          throw new ConnectError("Unable to refresh access token", Code.Unauthenticated);
        }
        if (rotates) refreshTokens.delete(refreshToken);
        return issue(rotates);
      },
      checkToken(_, context) {
        authenticate(context);
        return {};
      },
    })
    .service(UserAccountService, {
      setUser(_, context) {
        authenticate(context);
        return { userId: "ada" };
      },
      getUser(_, context) {
        authenticate(context);
        return { userId: "ada" };
      },
      getUserAccounts(_, context) {
        authenticate(context);
        const accounts = [
          { id: "acc-1", name: "personal", type: UserAccountType.PERSONAL },
          { id: "acc-2", name: "acme", type: UserAccountType.TEAM },
        ];
        return { accounts };
      },
    })
    .service(ApiKeyService, {
      getAccountApiKeys({ accountId }, context) {
        authenticate(context);
        return { apiKeys: keys.filter((key) => key.accountId === accountId).map(withoutValue) };
      },
      getAccountApiKey({ id }, context) {
        authenticate(context);
        return { apiKey: withoutValue(keyOf(id)) };
      },
      createAccountApiKey({ accountId, name, expiresAt }, context) {
        authenticate(context);
        if (keys.some((key) => key.accountId === accountId && key.name === name)) {
          throw new ConnectError(duplicateKey, Code.Unknown);
        }
        count++;
        const now = timestampFromMs(clock.now());
        const by = { createdById: "ada", createdAt: now, updatedById: "ada", updatedAt: now };
        const key = { id: `key-${count}`, name, accountId, userId: `machine-${count}`, expiresAt, ...by };
        keys.push({ ...key, keyValue: `neo_at_v1_${count}` });
        return { apiKey: { ...key, keyValue: `neo_at_v1_${count}` } };
      },
      regenerateAccountApiKey({ id, expiresAt }, context) {
        authenticate(context);
        return { apiKey: Object.assign(keyOf(id), { keyValue: `neo_at_v1_${++count}`, expiresAt }) };
      },
      deleteAccountApiKey({ id }, context) {
        authenticate(context);
        const at = keys.findIndex((key) => key.id === id);
        if (at >= 0) keys.splice(at, 1);
        return {};
      },
    });
  const handlers = new Map(router.handlers.map((each) => [each.requestPath, createFetchHandler(each)]));

  /** What a browser does on the sign-in page: it comes back to the redirect URI with a code. */
  function approve(authorizeUrl: string): URL {
    const query = new URL(authorizeUrl).searchParams;
    const back = new URL(query.get("redirect_uri") ?? "");
    const code = `code-${++count}`;
    codes.set(code, back.href);
    back.searchParams.set("code", code);
    back.searchParams.set("state", query.get("state") ?? "");
    return back;
  }

  return {
    calls,
    approve,
    /** The tokens of somebody who has signed in. */
    signIn: () => issue(true).accessToken,
    /** Every key, as `name = value until date`. */
    keys: () =>
      keys.map(({ name, keyValue, expiresAt }) => {
        const until = expiresAt && timestampDate(expiresAt).toISOString().slice(0, 10);
        return `${name} = ${keyValue} until ${until}`;
      }),
    /** Refuses further calls of a method, as for somebody who is not an admin. */
    refuse: (method: string) => void refused.add(method),
    /** Makes every refresh token worthless. */
    endSessions: () => refreshTokens.clear(),
    async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const request = new Request(input, init);
      const path = new URL(request.url).pathname;
      const method = path.slice(path.lastIndexOf("/") + 1);
      calls.push({ method, authorization: request.headers.get("authorization") });
      if (refused.has(method)) {
        const message = "user does not have permission to edit account";
        return Response.json({ code: "permission_denied", message }, { status: 403 });
      }
      const handler = handlers.get(path);
      return handler ? handler(request) : new Response(null, { status: 404 });
    },
  };
}

/** What a real server's database says of a name that is taken. */
export const duplicateKey =
  'ERROR: duplicate key value violates unique constraint "account_api_keys_account_id_key_name" (SQLSTATE 23505)';
