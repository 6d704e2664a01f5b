import { HttpResponse, http } from "msw";
import { setupWorker } from "msw/browser";
import type { Tokens } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { handlers } from "tenantry/mock/msw";
import { email, team } from "./people.ts";

const me = email(0);
const day = 24 * 3_600_000;

/** A Vydon server in a Service Worker, and what the demo panel does to it. */
export interface Backend {
  readonly baseUrl: string;
  readonly server: MockServer;
  readonly signIn: (how: { byHand: boolean }) => Promise<Tokens>;
  readonly openBilling: (url: string) => void;
  /** Told where the billing system would have been visited. */
  onBilling: (url: string) => void;
  /** How often the user's token was renewed without their doing. */
  readonly renewals: () => number;
  /** Makes the user's token unknown to the server; with `forGood` it won't be renewed without the user, either. */
  readonly loseToken: (options: { forGood: boolean }) => void;
  /** Whether the network is there. */
  readonly setOnline: (isOnline: boolean) => void;
}

/** Starts the server, and the worker that leads the page's requests to it. */
export async function startBackend(): Promise<Backend> {
  const baseUrl = new URL("api", document.baseURI).href;
  const server = createMockServer({ now: new Date() });
  server.clock.run();
  seed(server);

  const worker = setupWorker(...handlers(server, baseUrl));
  await worker.start({
    serviceWorker: { url: `${import.meta.env.BASE_URL}mockServiceWorker.js` },
    onUnhandledRequest: "bypass",
    quiet: true,
  });

  let token = "";
  let isRefused = false;
  let renewals = 0;
  const backend: Backend = {
    baseUrl,
    server,
    async signIn({ byHand }) {
      if (byHand) isRefused = false;
      // As an OAuth server says it: the client takes it for the end of the session, and not for a fault that may pass.
      if (isRefused) throw new Error("invalid_grant: the session has ended");
      if (token !== "" && !byHand) renewals += 1;
      token = server.vydon.signIn({ email: me, expiresIn: "1h" }).token;
      return { accessToken: token };
    },
    openBilling: (url) => backend.onBilling(url),
    onBilling: () => {},
    renewals: () => renewals,
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

function seed(server: MockServer): void {
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
}
