import { type PastTokens, tokenTablesOf } from "./engine/state/past-tokens.js";
import type { HasTables } from "./engine/state/saved-state.js";
import type { MockServer, Worlds } from "./mock-server.js";

/** The parts of a world that the registry needs. The server to which the worlds belong has them too. */
export interface World {
  readonly server: MockServer;
  readonly apis: readonly HasTables[];
  readonly past: PastTokens;
  /** Ends its calls and its waits. `why` is the text of the error for its calls. */
  readonly end: (why: string) => void;
}

/** The maximum number of tokens whose world is kept. */
const limit = 10_000;

/** The worlds of one server. */
export class WorldRegistry implements Worlds {
  readonly #home: () => World;
  readonly #make: (name: string) => World;
  readonly #worlds = new Map<string, World>();
  /** The worlds of tokens that were looked up before. */
  readonly #byToken = new Map<string, World>();
  #made = 0;

  /** `home` returns the server to which the worlds belong. `make` creates a world. */
  constructor(home: () => World, make: (name: string) => World) {
    this.#home = home;
    this.#make = make;
  }

  create(name = this.#freeName()): MockServer {
    checkName(name);
    if (this.#worlds.has(name)) {
      throw new Error(
        `there is a world "${name}" already: end it first, with server.worlds.end("${name}") or DELETE /worlds/${name}, or choose another name`,
      );
    }
    const world = this.#make(name);
    this.#worlds.set(name, world);
    this.forgetTokens();
    return world.server;
  }

  get(name: string): MockServer | undefined {
    return this.#worlds.get(name)?.server;
  }

  list(): MockServer[] {
    return Array.from(this.#worlds.values(), ({ server }) => server);
  }

  end(name: string): boolean {
    const world = this.#worlds.get(name);
    if (world === undefined) return false;
    this.#worlds.delete(name);
    this.forgetTokens();
    world.end(`the world "${name}" has ended`);
    const tokens = tokenTablesOf(world.apis).flatMap((table) => table.toJSON().map(({ id }) => id));
    const home = this.#home();
    home.past.addOfWorld(
      tokens.filter((token) => !hasToken(home, token)),
      name,
    );
    return true;
  }

  byToken(token: string): MockServer {
    const known = this.#byToken.get(token);
    if (known !== undefined) return known.server;
    const home = this.#home();
    if (this.#worlds.size === 0 || hasToken(home, token)) return home.server;
    const worlds = [...this.#worlds.values()];
    const [world = worlds.find(({ past }) => past.has(token)), other] = worlds.filter((each) =>
      hasToken(each, token),
    );
    if (world === undefined) return home.server;
    if (other !== undefined) {
      throw new Error(
        `the worlds "${world.server.world}" and "${other.server.world}" both have this token: choose one by the path of the base URL, such as /w/${world.server.world}`,
      );
    }
    if (this.#byToken.size >= limit) this.forgetTokens();
    this.#byToken.set(token, world);
    return world.server;
  }

  /**
   * Drops the worlds of tokens, because another world may now have one of the tokens, for example after a seed, a
   * snapshot or a reset.
   */
  forgetTokens(): void {
    this.#byToken.clear();
  }

  #freeName(): string {
    let name: string;
    do name = `world-${++this.#made}`;
    while (this.#worlds.has(name));
    return name;
  }
}

function hasToken({ apis }: World, token: string): boolean {
  return tokenTablesOf(apis).some((table) => table.has(token));
}

function checkName(name: unknown): void {
  // A URL cannot have "." and ".." as parts of its path.
  if (typeof name === "string" && /^[\w.-]{1,64}$/.test(name) && !/^\.{1,2}$/.test(name)) return;
  throw new Error(
    `${JSON.stringify(name)} is not a name for a world: give 1 to 64 letters, digits, "-", "_" or ".", but not only "." or ".."`,
  );
}
