import type { DescMethod, DescService } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import type { Check } from "./check-json.js";
import type { Connect } from "./connect-options.js";
import type { Engine } from "./engine.js";
import type { Sessions } from "./state/sessions.js";
import type { Watcher } from "./state/strict.js";
import type { Entity, Tables } from "./state/tables.js";

/** What makes one API of the mock different from the others, as types. */
export interface ApiTypes<
  Controls = unknown,
  Options = unknown,
  Seed = unknown,
  Services extends DescService = DescService,
> {
  /** What a test does to the server other than calling it. */
  readonly controls: Controls;
  /** How the API is set up. */
  readonly options: Options;
  /** What is there before the first call. */
  readonly seed: Seed;
  /** The services that it carries. */
  readonly services: Services;
}

/** One API, as the registry lists it. */
export interface ApiDefinition<Types extends ApiTypes> {
  /** The services that it carries, under the vendor's names. */
  readonly services: readonly Types["services"][];
  readonly checkOptions: Check<Types["options"]>;
  readonly checkSeed: Check<Types["seed"]>;
  /** The paths that respond to plain HTTP requests, not to RPCs. */
  readonly endpoints?: readonly string[];
  /** What `tenantry mock` prints of it. */
  readonly sample: Sample<Types>;
  /** Makes the API of one server. `connect` makes the options for clients of that server. */
  create(engine: Engine, connect: Connect, options: Types["options"] | undefined): Api<Types>;
}

/** A call to try, as `tenantry mock` prints it. */
interface Sample<Types extends ApiTypes> {
  /** The API's name, and what is special about this server. */
  title(options: Types["options"] | undefined): string;
  /** A call that needs a token and no field. */
  readonly method: DescMethod;
  /** Signs in somebody of the seed, or `email` if the seed names nobody. Returns who that is. */
  signIn(
    controls: Types["controls"],
    seed: Types["seed"] | undefined,
    email: string,
  ): { readonly email: string; readonly token: string };
}

/** One API of one server. */
export interface Api<Types extends ApiTypes = ApiTypes> {
  readonly controls: Types["controls"];
  /** All that it remembers. */
  readonly tables: Tables;
  /** A check for the rows of each table, for rows that come as JSON. */
  readonly rowChecks: Readonly<Record<string, Check<Entity>>>;
  /** Its tokens. */
  readonly sessions: Pick<Sessions<unknown>, "has" | "expire">;
  /** Finds broken invariants. */
  readonly watcher: Watcher;
  /** What responds to plain HTTP requests, by path. */
  readonly endpoints?: ReadonlyMap<string, (request: Request) => Promise<Response>>;
  /** Puts its services on a router. */
  routes(router: ConnectRouter): void;
  /** Adds a seed that was checked. @throws Error if it contradicts itself or what is there. Part of it may have been added. */
  applySeed(seed: Types["seed"], path: string): void;
}
