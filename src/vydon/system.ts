import type { Client } from "@connectrpc/connect";
import type { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { type CallOptions, toConnect } from "../core/options.js";
import { type SystemInformation, toSystemInformation } from "./models.js";

/** The server itself: `client.system`. */
export class System {
  readonly #rpc: Client<typeof UserAccountService>;

  /** @internal */
  constructor(rpc: Client<typeof UserAccountService>) {
    this.#rpc = rpc;
  }

  /** The server's version, build and licence. Calls `GetSystemInformation`. */
  async info(options?: CallOptions): Promise<SystemInformation> {
    return toSystemInformation(await this.#rpc.getSystemInformation({}, toConnect(options)));
  }
}
