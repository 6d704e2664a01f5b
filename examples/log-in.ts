/**
 * Signs a person in to Vydon on the command line. A page opens in the browser, and the browser sends the code to a
 * local port. The tokens are kept in a file and refreshed until the person signs out.
 *
 *     export VYDON_API_URL=https://vydon.example.com
 *     npx tsx examples/log-in.ts            signs in if necessary, and shows the user
 *     npx tsx examples/log-in.ts out        signs out
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type RefreshableToken,
  refreshableToken,
  UnauthenticatedError,
  VydonClient,
  type VydonClientOptions,
  vydonRefresh,
} from "tenantry";
import { fileStore } from "tenantry/node";
import { exitCodeOf } from "./exit-code.js";

/** A client, and the tokens that it calls with. */
export interface Session {
  readonly client: VydonClient;
  readonly auth: RefreshableToken;
}

/** Opens a session whose tokens are in a file. Programs that use the same file share the tokens. */
export function openSession(address: VydonClientOptions, tokenFile: string): Session {
  const { clock } = address;
  const auth = refreshableToken({
    refresh: vydonRefresh(new VydonClient(address)),
    store: fileStore(tokenFile, { clock }),
    clock,
  });
  return { client: new VydonClient({ ...address, auth }), auth };
}

/** The options of {@link signIn}. */
export interface SignInOptions {
  /** Opens a page in the browser. */
  readonly openPage: (url: string) => unknown;
  /**
   * The local port to which the browser sends the code. It must be registered at the identity provider. 0 for any free
   * port. Default 4242.
   */
  readonly port?: number;
  /** Ends the wait for the sign-in. Default: after five minutes. */
  readonly signal?: AbortSignal;
}

/** Signs a person in. The session then calls with their tokens. */
export async function signIn({ client, auth }: Session, options: SignInOptions): Promise<void> {
  const { openPage, port = 4242, signal = AbortSignal.timeout(300_000) } = options;
  const state = randomUUID();
  const { redirectUri, code, close } = await listenForCode(port, state, signal);
  try {
    // Without `offline_access` there would be no refresh token.
    const scope = "openid profile offline_access";
    openPage(await client.auth.authorizeUrl({ state, redirectUri, scope }, { signal }));
    await auth.accept(await client.auth.login({ code: await code, redirectUri }, { signal }));
  } finally {
    close();
  }
}

/** Listens on a local port until the browser sends a code. */
async function listenForCode(port: number, state: string, signal: AbortSignal) {
  const path = "/api/auth/callback";
  const server = createServer();
  const code = new Promise<string>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    server.on("request", ({ url = "" }, response) => {
      // `new URL` would throw for the path `//`, which any page can request.
      const [pathname, query] = url.split("?", 2);
      const searchParams = new URLSearchParams(query);
      const say = (status: number, text: string) =>
        response.writeHead(status, { "content-type": "text/plain", connection: "close" }).end(text);
      if (pathname !== path) return say(404, "There is nothing here.");
      // A link with another state could sign the person in as another person. The right link may still come.
      if (searchParams.get("state") !== state) return say(400, "This link belongs to another sign-in.");
      const received = searchParams.get("code");
      if (received) {
        resolve(received);
        return say(200, "You can close this page.");
      }
      const why = searchParams.get("error_description") ?? searchParams.get("error") ?? "there is no code";
      reject(new UnauthenticatedError(`The identity provider refused the sign-in: ${why}.`));
      return say(400, "The sign-in has failed.");
    });
  });
  // If the page cannot be opened, no code awaits this promise.
  code.catch(() => {});
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const actual = typeof address === "object" && address ? address.port : port;
  const close = () => {
    server.close();
    // A browser may keep a connection open.
    server.closeAllConnections();
  };
  return { redirectUri: `http://127.0.0.1:${actual}${path}`, code, close };
}

/** Whether the session's tokens are valid. Refreshes them if they have expired. */
export async function isSignedIn({ client }: Session): Promise<boolean> {
  try {
    await client.auth.check();
    return true;
  } catch (error) {
    // This includes SignInAgainError. Other errors, such as a server that cannot be reached, are thrown.
    if (error instanceof UnauthenticatedError) return false;
    throw error;
  }
}

/** Where this program keeps its tokens. */
export const tokenFile = join(homedir(), ".config", "tenantry-example", "tokens.json");

/** Runs the command: signs out for `out`, signs in otherwise. */
export async function main(
  session: Session,
  command: string | undefined,
  say: (line: string) => void,
  options: Partial<SignInOptions> = {},
): Promise<void> {
  if (command === "out") {
    // This deletes the tokens here, but does not revoke them at the identity provider.
    await session.auth.clear();
    say("You are signed out.");
    return;
  }
  const { isEnabled } = await session.client.auth.status();
  if (!isEnabled) {
    say("This server requires no sign-in.");
    return;
  }
  if (!(await isSignedIn(session))) {
    const openPage = (url: string) => say(`Open this page to sign in:\n  ${url}`);
    await signIn(session, { openPage, ...options });
  }
  // Not only after the sign-in: if that was cut short, the person has tokens, but is not a user yet.
  const { id } = await session.client.users.register();
  say(`You are user ${id}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const command = () => {
    const baseUrl = process.env["VYDON_API_URL"] ?? "http://localhost:8080";
    return main(openSession({ baseUrl }, tokenFile), process.argv[2], console.log);
  };
  process.exitCode = await exitCodeOf(command, console.error);
}
