import { AdminService } from "../../../gen/tenantry/mock/v1/admin_pb.js";
import { unary } from "./unary.js";

/** A world and its base URL. */
export interface WorldAtUrl {
  readonly name: string;
  readonly url: string;
}

/** The worlds that a listener serves. `origin` is the origin of the request, such as `http://localhost:4010`. */
export interface WorldsAtUrls {
  /** Creates a world. @throws ConnectError `invalid_argument` if the name is not valid, `already_exists` if it is taken. */
  create(name: string | undefined, origin: string): WorldAtUrl;
  list(origin: string): WorldAtUrl[];
  /** Ends a world. @throws ConnectError `not_found` if there is no such world. */
  end(name: string): void;
}

const rpc = AdminService.method;

/** Returns the RPCs that create, list and end worlds. */
export function worldRpcs(worlds: WorldsAtUrls) {
  return {
    createWorld: unary(rpc.createWorld, ({ name }, { url }) => ({
      world: worlds.create(name, new URL(url).origin),
    })),
    listWorlds: unary(rpc.listWorlds, (_, { url }) => ({ worlds: worlds.list(new URL(url).origin) })),
    deleteWorld: unary(rpc.deleteWorld, ({ name }) => {
      worlds.end(name);
      return {};
    }),
  };
}
