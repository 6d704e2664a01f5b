import { HttpResponse, http } from "msw";
import { setupWorker } from "msw/browser";
import { type Tokens, VydonClient } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { handlers } from "tenantry/mock/msw";
import { email, team } from "./people.ts";
import { workerProblem } from "./worker-problem.ts";

const me = email(0);
const user = { name: "Ada", email: me };
const day = 24 * 3_600_000;

/** A Vydon server in a Service Worker, and the functions with which the demo changes it. */
export interface Backend {
  readonly baseUrl: string;
  readonly server: MockServer;
  /** The signed-in user. A real app reads this from its token. */
  readonly user: { readonly name: string; readonly email: string };
  readonly signIn: (how: { byHand: boolean }) => Promise<Tokens>;
  readonly openBilling: (url: string) => void;
  /** Called with the URL of the billing page that a real app would open. */
  onBilling: (url: string) => void;
  /** Makes the server refuse the user's token. With `forGood`, a silent renewal fails too. */
  readonly loseToken: (options: { forGood: boolean }) => void;
  /** Switches the network on or off. */
  readonly setOnline: (isOnline: boolean) => void;
}

/**
 * Starts the server, and the worker that sends the page's requests to it.
 *
 * @param onRenewed - called after a silent renewal of the user's token.
 * @throws Error if the worker cannot start. Its message explains what to do.
 */
export async function startBackend(onRenewed: () => void): Promise<Backend> {
  const baseUrl = new URL("api", document.baseURI).href;
  const server = createMockServer({ now: new Date() });
  server.clock.run();
  await seed(server);

  const script = `${import.meta.env.BASE_URL}mockServiceWorker.js`;
  const problem = await workerProblem(script);
  if (problem) throw problem;
  const worker = setupWorker(...handlers(server, baseUrl));
  await worker.start({
    serviceWorker: { url: script },
    onUnhandledRequest: "bypass",
    quiet: true,
  });

  let token = "";
  let isRefused = false;
  const backend: Backend = {
    baseUrl,
    server,
    user,
    async signIn({ byHand }) {
      if (byHand) isRefused = false;
      // This is the text of an OAuth server. The client treats it as the end of the session, not as a temporary
      // failure.
      if (isRefused) throw new Error("invalid_grant: the session has ended");
      if (token !== "" && !byHand) onRenewed();
      token = server.vydon.signIn({ ...user, expiresIn: "1h" }).token;
      return { accessToken: token };
    },
    openBilling: (url) => backend.onBilling(url),
    onBilling: () => {},
    loseToken({ forGood }) {
      server.vydon.revoke(token);
      isRefused = forGood;
    },
    setOnline(isOnline) {
      if (isOnline) worker.resetHandlers();
      else worker.use(http.all(`${baseUrl}/*`, () => HttpResponse.error()));
    },
  };
  return backend;
}

async function seed(server: MockServer): Promise<void> {
  server.seed({
    vydon: {
      accounts: [
        {
          name: "acme",
          createdAt: new Date(Date.now() - 60 * day),
          subscription: "active",
          members: team(27),
          invites: [
            { email: "annie@example.com", role: "job_developer", from: me, expiresIn: "21h" },
            { email: "betty@example.com", role: "job_viewer", from: me, expiresIn: "40m" },
          ],
        },
        {
          name: "analytical-engine",
          createdAt: new Date(Date.now() - 5 * day),
          members: team(4),
        },
      ],
    },
  });
  const { apiKeys } = new VydonClient(server.vydon.signIn({ email: me }).connect());
  const { id } = server.vydon.account("acme");
  const inDays = (days: number) => new Date(Date.now() + days * day);
  await apiKeys.create(id, { name: "nightly-sync", expiresAt: inDays(200) });
  await apiKeys.create(id, { name: "reports", expiresAt: inDays(5) });
}
