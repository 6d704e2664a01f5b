import { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import type { Api } from "../engine/api.js";
import type { Connect } from "../engine/connect-options.js";
import type { Engine } from "../engine/handler.js";
import { watchOver } from "../engine/state/strict.js";
import { OnaControls } from "./controls/controls.js";
import type { OnaOptions } from "./options.js";
import { plant } from "./seed/apply-seed.js";
import { checkOnaSeed, type OnaSeed } from "./seed/seed.js";
import { createOnaService } from "./service.js";
import { onaInvariants } from "./state/invariants.js";
import { onaRows } from "./state/row-checks.js";
import { createOnaState, type Ona } from "./state/state.js";

/** The service that Ona's mock carries, under the API's name. */
export const onaCarried = { api: "ona", service: AccountService } as const;

/** Ona's mock. */
export interface OnaApi extends Api<OnaSeed> {
  readonly controls: OnaControls;
}

/** Ona's mock, on an engine. `lenient` takes what the vendor's older SDK sends. */
export function createOnaApi(
  engine: Engine,
  connect: Connect,
  { allowCustom = true, lenient = false }: OnaOptions & { lenient?: boolean } = {},
): OnaApi {
  const { clock, ids, past } = engine;
  const state = createOnaState();
  const ona: Ona = { state, clock, ids, past, allowCustom, lenient };
  return {
    controls: new OnaControls(ona, connect),
    tables: state,
    rows: onaRows,
    watcher: watchOver(state, createOnaState, onaInvariants),
    routes: (router) => void router.service(AccountService, createOnaService(engine, ona)),
    checkSeed: checkOnaSeed,
    plant: (seed, path) => plant(ona, seed, path),
  };
}
