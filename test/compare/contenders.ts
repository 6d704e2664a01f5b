import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import Gitpod from "@gitpod/sdk";
import { type CommonOptions, OnaClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { AccountService } from "tenantry/proto/ona";

/** A server, a client of each kind that calls it, and the requests that they send. */
export interface Contenders {
  readonly server: ReturnType<typeof createMockServer>;
  readonly accountId: string;
  /** The requests that were sent, in order. */
  readonly requests: Request[];
  tenantry(options?: Partial<CommonOptions> & { baseUrl?: string }): OnaClient;
  connect(options?: Partial<Parameters<typeof createConnectTransport>[0]>): Client<typeof AccountService>;
  gitpod(options?: ConstructorParameters<typeof Gitpod>[0]): Gitpod;
}

const baseUrl = "https://ona.example.com";

/** @param fetch - handles a request between the clients and the server. Default: passes it to the server. */
export function contenders(
  fetch?: (request: Request, server: typeof globalThis.fetch) => Promise<Response>,
): Contenders {
  const server = createMockServer({ lenient: true });
  const { token, accountId } = server.ona.signIn({ email: "ada@example.com" });
  const requests: Request[] = [];
  const watched: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    requests.push(request.clone());
    return fetch ? fetch(request, server.fetch) : server.fetch(request);
  };
  const withToken: Interceptor = (next) => (request) => {
    request.header.set("authorization", `Bearer ${token}`);
    return next(request);
  };
  return {
    server,
    accountId,
    requests,
    tenantry: (options) => new OnaClient({ baseUrl, auth: token, fetch: watched, ...options }),
    connect: (options = {}) => {
      const interceptors = [...(options.interceptors ?? []), withToken];
      return createClient(
        AccountService,
        createConnectTransport({ baseUrl, fetch: watched, ...options, interceptors }),
      );
    },
    gitpod: (options) => new Gitpod({ baseURL: baseUrl, bearerToken: token, fetch: watched, ...options }),
  };
}

/** Checks whether an action succeeds. */
export async function succeeds(action: () => unknown): Promise<boolean> {
  try {
    await action();
    return true;
  } catch {
    return false;
  }
}

/** Returns the error that an action throws. */
export async function thrownBy(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
