import type { Client } from "@connectrpc/connect";
import type { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { type CallOptions, toConnect } from "../core/options.js";

/** A user, known by their id alone. */
export interface User {
  /** UUID; the all-zero one for a worker key. */
  readonly id: string;
}

/** The caller as a user of the server: `client.users`. */
export class Users {
  readonly #rpc: Client<typeof UserAccountService>;

  /** @internal */
  constructor(rpc: Client<typeof UserAccountService>) {
    this.#rpc = rpc;
  }

  /**
   * Who the caller is. Calls `GetUser`.
   *
   * @throws NotFoundError where the token is good, but its user was never registered: call {@link Users.register}.
   */
  async current(options?: CallOptions): Promise<User> {
    const { userId } = await this.#rpc.getUser({}, toConnect(options));
    return { id: userId };
  }

  /** Makes the caller a user of the server; later calls answer the same user. Calls `SetUser`. */
  async register(options?: CallOptions): Promise<User> {
    const { userId } = await this.#rpc.setUser({}, toConnect(options));
    return { id: userId };
  }
}
