import type { Endpoint } from "../../engine/http/fetch.js";
import type { Clock } from "../../engine/time/clock.js";
import type { Lifetime } from "../../engine/time/lifetime.js";
import type { VydonTokens } from "./grants.js";
import type { VydonIssuer } from "./issuer.js";
import { VydonIssuerError } from "./oauth-error.js";

const headers = { "cache-control": "no-store", pragma: "no-cache" };

/** Creates the token endpoint of the identity provider (RFC 6749, sections 5 and 6). It accepts any client, with or without a secret. */
export function createTokenEndpoint(
  issuer: VydonIssuer,
  clock: Clock,
  lifetime: Pick<Lifetime, "current">,
): Endpoint {
  async function grant(request: Request): Promise<VydonTokens> {
    const era = lifetime.current;
    const form = await readForm(request);
    // The server may have been reset in the meantime.
    era.check();
    const grantType = form.get("grant_type");
    if (grantType === null) throw new VydonIssuerError("invalid_request", "grant_type is missing");
    if (grantType !== "refresh_token") {
      throw new VydonIssuerError("unsupported_grant_type", `the grant type ${grantType} is not supported`);
    }
    return issuer.refresh({ refreshToken: form.get("refresh_token") ?? undefined });
  }

  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    try {
      const { accessToken, refreshToken, expiresAt } = await grant(request);
      const body = {
        access_token: accessToken,
        token_type: "Bearer",
        expires_in: Math.floor((expiresAt - clock.now()) / 1_000),
        refresh_token: refreshToken,
      };
      return Response.json(body, { headers });
    } catch (reason) {
      if (!(reason instanceof VydonIssuerError)) throw reason;
      const { error, error_description, status } = reason;
      return Response.json({ error, error_description }, { status, headers });
    }
  };
}

/** Reads the body as a form. @throws VydonIssuerError `invalid_request` if it is not a form. */
async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    throw new VydonIssuerError("invalid_request", "the body must be application/x-www-form-urlencoded");
  }
  return new URLSearchParams(await request.text());
}
