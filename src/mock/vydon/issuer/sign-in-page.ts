import type { Endpoint } from "../../engine/http/fetch.js";
import type { Vydon } from "../state/state.js";
import type { VydonIssuer } from "./issuer.js";

/** The maximum number of people in the page's list. Other people type their email. */
const maxListed = 50;

/** The page loads nothing. It has no `form-action`: browsers would also apply it to the redirect to the app. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/**
 * Creates the sign-in page of the identity provider (RFC 6749, section 4.1). `client.auth.authorizeUrl` returns its URL. It needs no
 * password: a click on a person redirects the browser to the redirect URI with a code. With `login_hint` in the query, the page redirects
 * at once.
 */
export function createSignInPage(vydon: Vydon, issuer: VydonIssuer): Endpoint {
  return async ({ method, url }) => {
    if (method !== "GET") return new Response(null, { status: 405, headers: { allow: "GET" } });
    const page = new URL(url);
    const query = page.searchParams;
    const back = query.get("redirect_uri") ?? "";
    if (!URL.canParse(back))
      return html(400, "<p>The query needs a <code>redirect_uri</code> with a scheme and a host.</p>");

    const email = query.get("login_hint");
    if (email) {
      const code = issuer.code({ email, scope: query.get("scope") ?? "", redirectUri: back });
      return redirect(back, { code, state: query.get("state") });
    }
    if (query.get("error") !== null) {
      return redirect(back, { error: "access_denied", state: query.get("state") });
    }
    const emails = Array.from(vydon.state.identities.all(), (identity) => identity.email);
    return html(200, choice(page, emails.slice(0, maxListed)));
  };
}

function choice(page: URL, emails: readonly string[]): string {
  const link = (name: string, value: string) => {
    const query = new URLSearchParams(page.searchParams);
    query.set(name, value);
    return escapeHtml(`?${query}`);
  };
  const hidden = Array.from(
    page.searchParams,
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const people = emails.map(
    (email) => `<li><a href="${link("login_hint", email)}">${escapeHtml(email)}</a></li>`,
  );
  return `<p>This is the identity provider of a mock server. It needs no password.</p>
<ul>${people.join("")}</ul>
<form>${hidden.join("")}
<label>Another person <input name="login_hint" type="email" required autofocus></label>
<button>Sign in</button></form>
<p><a href="${link("error", "access_denied")}">Refuse</a></p>`;
}

/** Returns a redirect to the app with these parameters in the query. Parameters that are null are left out. */
function redirect(to: string, parameters: Readonly<Record<string, string | null>>): Response {
  const location = new URL(to);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) location.searchParams.set(name, value);
  }
  return new Response(null, {
    status: 302,
    headers: { location: location.href, "cache-control": "no-store" },
  });
}

function html(status: number, body: string): Response {
  const text = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}</style>
</head><body><main><h1>Sign in</h1>
${body}
</main></body></html>
`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(text, { status, headers });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
