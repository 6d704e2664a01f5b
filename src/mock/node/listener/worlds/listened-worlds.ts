import { Code, ConnectError } from "@connectrpc/connect";
import type { WorldAtUrl, WorldsAtUrls } from "../../../admin/worlds.js";
import { failure } from "../../../engine/errors.js";
import { tokenIn } from "../../../engine/state/sessions.js";
import type { MockServer } from "../../../mock-server.js";
import { type IdleClock, IdleWorlds } from "./idle-worlds.js";

/** Creates and ends the worlds of a listener's server. The worlds that it creates end after an hour without a request. */
export class ListenedWorlds implements WorldsAtUrls {
  readonly #server: MockServer;
  readonly #idle: IdleWorlds;
  /** How to create a world, for the error about a world that does not exist. */
  readonly #howToMake: string;

  constructor(server: MockServer, clock: IdleClock, hasAdmin: boolean) {
    this.#server = server;
    this.#idle = new IdleWorlds(clock, (world) => {
      const { world: name = "" } = world;
      // Other code may have ended the world, and a new world may have the same name.
      if (server.worlds.get(name) === world) server.worlds.end(name);
    });
    this.#howToMake = hasAdmin
      ? `POST /worlds and the body {"name": "…"}`
      : "server.worlds.create(name): this listener does not serve POST /worlds, because its admin service is off";
  }

  create(name: string | undefined, origin: string): WorldAtUrl {
    if (name !== undefined && this.#server.worlds.get(name) !== undefined) {
      throw failure(
        "already_exists",
        `there is a world "${name}" already: end it with DELETE /worlds/${name}, or choose another name`,
      );
    }
    try {
      const world = this.#server.worlds.create(name);
      this.#idle.add(world);
      return at(world, origin);
    } catch (error) {
      throw ConnectError.from(error, Code.InvalidArgument);
    }
  }

  list(origin: string): WorldAtUrl[] {
    return this.#server.worlds.list().map((world) => at(world, origin));
  }

  end(name: string): void {
    const world = this.get(name);
    this.#idle.delete(world);
    this.#server.worlds.end(name);
  }

  /** Returns the world with this name. @throws ConnectError `not_found` if there is none. */
  get(name: string): MockServer {
    const world = this.#server.worlds.get(name);
    if (world !== undefined) return world;
    throw failure(
      "not_found",
      `there is no world "${name}". It may have ended: a world ends after an hour without a call. Create one with ${this.#howToMake}`,
    );
  }

  /** Returns the world of a call without a world in its path, by its token. @throws ConnectError `failed_precondition` if several have it. */
  byToken(authorization: string | undefined): MockServer {
    const token = tokenIn(authorization);
    if (token === undefined) return this.#server;
    try {
      const found = this.#server.worlds.byToken(token);
      // The listener's server may itself be a world.
      return found.world === undefined ? this.#server : found;
    } catch (error) {
      throw ConnectError.from(error, Code.FailedPrecondition);
    }
  }

  /** Counts a request to a world. Returns a function that ends the request. */
  begin(world: MockServer): () => void {
    return this.#idle.begin(world);
  }

  /** Stops ending idle worlds. */
  close(): void {
    this.#idle.close();
  }
}

function at({ world: name = "" }: MockServer, origin: string): WorldAtUrl {
  return { name, url: `${origin}/w/${name}` };
}
