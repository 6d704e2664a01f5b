import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Api } from "../engine/api.js";
import type { Connect } from "../engine/connect-options.js";
import type { Engine } from "../engine/handler.js";
import { methodPath } from "../engine/http/fetch.js";
import { watchOver } from "../engine/state/strict.js";
import { VydonControls } from "./controls/controls.js";
import { VydonIssuer } from "./issuer/issuer.js";
import { toPolicy } from "./issuer/options.js";
import { createTokenEndpoint } from "./issuer/token-endpoint.js";
import { toModes, type VydonOptions } from "./options.js";
import { plant } from "./seed/apply-seed.js";
import { checkVydonSeed, type VydonSeed } from "./seed/seed.js";
import { createVydonService } from "./service.js";
import { vydonInvariants } from "./state/invariants.js";
import { vydonRows } from "./state/row-checks.js";
import { createVydonState, type Vydon } from "./state/state.js";
import { Stripe } from "./state/stripe.js";

/** The service that Vydon's mock carries, under the API's name. */
export const vydonCarried = { api: "vydon", service: UserAccountService } as const;

/** Vydon's mock. */
export interface VydonApi extends Api<VydonSeed> {
  readonly controls: VydonControls;
  /** What answers plain HTTP requests, by the last two parts of the path. */
  readonly endpoints: ReadonlyMap<string, (request: Request) => Promise<Response>>;
}

/** Vydon's mock, on an engine. */
export function createVydonApi(engine: Engine, connect: Connect, options: VydonOptions = {}): VydonApi {
  const { clock, ids, past, guard, lifetime } = engine;
  const state = createVydonState();
  const modes = toModes(options);
  const vydon: Vydon = {
    state,
    clock,
    ids,
    past,
    isStrict: guard !== undefined,
    modes,
    stripe: new Stripe(state.refusals, ids),
  };
  const issuer = new VydonIssuer(vydon, toPolicy(options.issuer ?? {}));
  return {
    controls: new VydonControls(vydon, connect, issuer),
    endpoints: new Map([[methodPath(issuer.tokenPath), createTokenEndpoint(issuer, clock, lifetime)]]),
    tables: state,
    rows: vydonRows,
    watcher: watchOver(state, createVydonState, vydonInvariants(modes.rbac)),
    routes: (router) => void router.service(UserAccountService, createVydonService(engine, vydon)),
    checkSeed: checkVydonSeed,
    plant: (seed, path) => plant(vydon, seed, path),
  };
}
