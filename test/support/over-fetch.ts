import type { Clock, FamServices } from "../../src/index.js";
import type { MockServer } from "../../src/mock/index.js";

/** A session of a mock server, of any API. */
interface Session {
  connect(): {
    readonly baseUrl: string;
    readonly auth: string;
    readonly clock: Clock;
    readonly services?: FamServices;
  };
}

/** Options for a client of this session, over the server's own `fetch`. */
export function overFetch({ fetch }: Pick<MockServer, "fetch">, session: Session) {
  const { baseUrl, auth, clock, services } = session.connect();
  return { baseUrl, auth, clock, fetch, ...(services && { services }) };
}
