import type { DescMethod, DescService } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import type { Check } from "./check-json.js";
import type { Connect } from "./connect-options.js";
import type { Engine } from "./engine.js";
import type { Endpoint } from "./http/fetch.js";
import type { Sessions } from "./state/sessions.js";
import type { FindBroken } from "./state/strict.js";
import type { Entity, Tables } from "./state/tables.js";

/** The types in which one API of the mock differs from the others. */
export interface ApiTypes<
  Controls = unknown,
  Options = unknown,
  Seed = unknown,
  Services extends DescService = DescService,
> {
  /** The actions of a test outside of the API. */
  readonly controls: Controls;
  /** The options of the API. */
  readonly options: Options;
  /** The state of the server before the first call. */
  readonly seed: Seed;
  /** The services of the API. */
  readonly services: Services;
}

/** One API, as the registry lists it. */
export interface ApiDefinition<Types extends ApiTypes> {
  /** The services of the API, under the vendor's names. */
  readonly services: readonly Types["services"][];
  readonly checkOptions: Check<Types["options"]>;
  readonly checkSeed: Check<Types["seed"]>;
  /** The paths that respond to plain HTTP requests, not to RPCs. */
  readonly endpoints?: readonly string[];
  /** The text about it that `tenantry mock` prints. */
  readonly sample: Sample<Types>;
  /** Creates the API of one server. `connect` creates the options for clients of that server. */
  create(engine: Engine, connect: Connect, options: Types["options"] | undefined): Api<Types>;
}

/** A call to try, as `tenantry mock` prints it. */
interface Sample<Types extends ApiTypes> {
  /** Returns a text with the API's name and the settings of this server. */
  title(options: Types["options"] | undefined): string;
  /** An RPC that needs a token and no field. */
  readonly method: DescMethod;
  /** Signs in a person of the seed, or `email` if the seed has no people. Returns their email and a token. */
  signIn(
    controls: Types["controls"],
    seed: Types["seed"] | undefined,
    email: string,
  ): { readonly email: string; readonly token: string };
}

/** One API of one server. */
export interface Api<Types extends ApiTypes = ApiTypes> {
  readonly controls: Types["controls"];
  /** Its state. */
  readonly tables: Tables;
  /** The checks for rows from JSON, by table. */
  readonly rowChecks: Readonly<Record<string, Check<Entity>>>;
  /** Its tokens. */
  readonly sessions: Pick<Sessions<unknown>, "has" | "expire">;
  /** Finds the invariants that a change has broken. */
  readonly findBroken: FindBroken;
  /** The handlers of plain HTTP requests, by path. */
  readonly endpoints?: ReadonlyMap<string, Endpoint>;
  /** Puts its services on a router. */
  routes(router: ConnectRouter): void;
  /**
   * Adds a seed that was checked.
   *
   * @throws Error with the path to a part that contradicts another part of the seed or the server's state. Part of the seed may have been
   * added.
   */
  applySeed(seed: Types["seed"], path: string): void;
}
