import { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import { domainOf } from "../engine/email.js";
import { failure } from "../engine/errors.js";
import type { OnaRpcs } from "./access/rpcs.js";
import { pageOf } from "./pages.js";
import type { Ona } from "./state/state.js";

const rpc = AccountService.method;

/** Creates the RPCs for the ways to log in. They need no token. */
export function createLogins(ona: Ona, { open }: OnaRpcs) {
  const { state, allowCustom } = ona;

  return {
    getSSOLoginURL: open(rpc.getSSOLoginURL, ({ email, returnTo }) => {
      const [sso] = state.sso.by("domain", domainOf(email));
      if (sso === undefined) throw failure("not_found", "no SSO is configured for the email's domain");
      return { loginUrl: withReturnTo(sso.loginUrl, returnTo) };
    }),

    listSSOLogins: open(rpc.listSSOLogins, ({ email, returnTo, pagination }) => {
      const domain = domainOf(email);
      const page = pageOf(ona, state.sso.by("domain", domain), { list: `sso/${domain}`, pagination });
      return {
        logins: page.rows.map(({ displayName, loginUrl }) => ({
          displayName,
          loginUrl: withReturnTo(loginUrl, returnTo),
        })),
        pagination: page.pagination,
      };
    }),

    listLoginProviders: open(rpc.listLoginProviders, ({ filter, pagination }) => {
      const inviteId = filter?.inviteId;
      const domain = filter?.email === undefined ? undefined : domainOf(filter.email);
      const page = pageOf(ona, [...state.providers.all()], {
        list: `providers/${inviteId ?? ""}/${domain ?? ""}`,
        pagination,
        accept: (row) =>
          (row.inviteId === null || row.inviteId === inviteId) &&
          (row.domain === null || row.domain === domain),
      });
      return {
        loginProviders: page.rows.map(({ provider, loginUrl }) => ({ provider, loginUrl })),
        pagination: page.pagination,
        allowCustom,
      };
    }),
  };
}

function withReturnTo(loginUrl: string, returnTo: string | undefined): string {
  if (returnTo === undefined) return loginUrl;
  const url = new URL(loginUrl);
  url.searchParams.set("returnTo", returnTo);
  return url.href;
}
