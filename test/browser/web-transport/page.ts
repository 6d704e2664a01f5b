import { UserAccountService } from "../../../src/proto/vydon.js";
import { VydonClient } from "../../../src/vydon/index.js";
import { type BrowserTransportOptions, webTransport } from "../../../src/web/index.js";

/** The results of a page's calls. */
interface Result {
  readonly userId: string;
  readonly teams: readonly string[];
  readonly invited: { readonly email: string; readonly expires: boolean };
  /** The error classes for a name that is taken, an unknown token, and a server that cannot be reached. */
  readonly failures: readonly string[];
}

/** The transport options of the page's calls. */
type Way = Pick<BrowserTransportOptions, "baseUrl" | "protocol" | "format" | "useHttpGet">;

declare global {
  interface Window {
    /** Creates a team on the mock server. Returns the results. */
    createTeam(way: Way, token: string): Promise<Result>;
  }
}

window.createTeam = async (way, token) => {
  const services = [UserAccountService];
  const transport = webTransport({ ...way, services });
  const client = new VydonClient({ transport, auth: token, retry: false });
  const { id: userId } = await client.users.current();
  const { accountId } = await client.accounts.createTeam({ name: "acme" });
  const invite = await client.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
  const teams = (await client.accounts.list().toArray()).map(({ name }) => name);
  const stranger = new VydonClient({ transport, auth: "unknown-token", retry: false });
  // Port 9 is the discard service. No process listens there.
  const nowhere = webTransport({ ...way, services, baseUrl: "http://localhost:9" });
  const failures = await Promise.all([
    nameOfFailure(client.accounts.createTeam({ name: "acme" })),
    nameOfFailure(stranger.users.current()),
    nameOfFailure(new VydonClient({ transport: nowhere, retry: false }).users.current()),
  ]);
  return {
    userId,
    teams,
    invited: { email: invite.email, expires: invite.expiresAt instanceof Date },
    failures,
  };
};

async function nameOfFailure(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "no failure",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}
