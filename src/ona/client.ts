import type { Client } from "@connectrpc/connect";
import { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import { ApiClient } from "../core/client.js";
import { invalid } from "../core/convert.js";
import { firstSet } from "../core/env.js";
import type { Address, CommonOptions, SharedOptions } from "../core/options.js";
import { createRpc } from "../core/rpc.js";
import { Accounts } from "./accounts.js";

/** Ona's production API. */
const production = "https://app.ona.com/api";

/** Options of an {@link OnaClient}: `baseUrl` has a default, `https://app.ona.com/api`. */
export type OnaClientOptions = CommonOptions &
  (
    | Address
    | {
        /** Default `https://app.ona.com/api`. */
        readonly baseUrl?: undefined;
        /** Default: one over fetch. */
        readonly transport?: undefined;
      }
  );

/**
 * A client for Ona, formerly Gitpod: `gitpod.v1.AccountService`.
 *
 * @example
 * ```ts
 * const client = new OnaClient({ auth: process.env.ONA_API_KEY });
 * const { email, memberships } = await client.accounts.get();
 * ```
 */
export class OnaClient extends ApiClient {
  /** The raw Connect client: messages in and out, with the same retries, token and errors. */
  readonly rpc: Client<typeof AccountService>;
  /** Accounts, and the ways to log in to one. */
  readonly accounts: Accounts;

  /**
   * @param options - `auth` at least, a personal access token; see {@link OnaClientOptions}.
   * @throws InvalidArgumentError where an option is wrong.
   */
  constructor(options: OnaClientOptions = {}) {
    super(options.transport || options.baseUrl !== undefined ? options : { ...options, baseUrl: production });
    this.rpc = createRpc(AccountService, this.transport);
    this.accounts = new Accounts(this.rpc);
  }

  /**
   * A client by the environment variables that the vendor's own SDKs read: the token from `ONA_API_KEY`, else from
   * `GITPOD_API_KEY`, the address from `ONA_BASE_URL`, else from `GITPOD_BASE_URL`.
   *
   * @param options - what they are given for wins over the environment.
   * @throws InvalidArgumentError where neither has a token, or an option is wrong.
   *
   * @example
   * ```ts
   * const account = await OnaClient.fromEnv().accounts.get();
   * ```
   */
  static fromEnv(options: OnaClientOptions = {}): OnaClient {
    const auth = options.auth ?? firstSet(["ONA_API_KEY", "GITPOD_API_KEY"])?.value;
    if (auth === undefined) throw invalid("auth", "is not there: set ONA_API_KEY or GITPOD_API_KEY");
    if (options.transport || options.baseUrl !== undefined) return new OnaClient({ ...options, auth });
    return new OnaClient({
      ...options,
      auth,
      baseUrl: firstSet(["ONA_BASE_URL", "GITPOD_BASE_URL"])?.value ?? production,
    });
  }

  /**
   * A client with other options for its calls, which shares this one's connection, tokens and retry budget.
   *
   * @example
   * ```ts
   * const patient = client.withOptions({ timeoutMs: 300_000 });
   * ```
   */
  withOptions(options: SharedOptions): OnaClient {
    return new OnaClient(this.derive(options));
  }
}
