import { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import { BillingService } from "../../../gen/gitpod/v1/billing_pb.js";
import { IdentityService } from "../../../gen/gitpod/v1/identity_pb.js";
import { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../../gen/gitpod/v1/user_pb.js";
import type { ApiDefinition, ApiTypes } from "../engine/api.js";
import { Sessions } from "../engine/state/sessions.js";
import { createFindBroken } from "../engine/state/strict.js";
import { createExportEndpoint, exportPath } from "./billing/exports.js";
import type { OnaControls } from "./controls/controls.js";
import { createOnaControls } from "./controls/create-controls.js";
import { checkOnaOptions, type OnaOptions } from "./options.js";
import { applyOnaSeed } from "./seed/apply-seed.js";
import { checkOnaSeed } from "./seed/check-seed.js";
import type { OnaSeed } from "./seed/seed.js";
import { addOnaServices } from "./services.js";
import { onaInvariants } from "./state/invariants.js";
import { onaRowChecks } from "./state/row-checks.js";
import { createOnaState, type Ona } from "./state/state.js";

/** The services of Ona. */
export type OnaServices =
  | typeof AccountService
  | typeof OrganizationService
  | typeof UserService
  | typeof IdentityService
  | typeof BillingService;

/** Ona, for the list of APIs. */
export const onaApi: ApiDefinition<ApiTypes<OnaControls, OnaOptions, OnaSeed, OnaServices>> = {
  services: [AccountService, OrganizationService, UserService, IdentityService, BillingService],
  checkOptions: checkOnaOptions,
  checkSeed: checkOnaSeed,
  endpoints: [exportPath],

  sample: {
    title: () => "Ona",
    method: AccountService.method.getAccount,
    signIn(controls, seed = {}, fallback) {
      const [account] = seed.accounts ?? [];
      const email = account?.email ?? seed.organizations?.[0]?.members?.[0]?.email ?? fallback;
      return { email, ...controls.signIn({ email }) };
    },
  },

  create(engine, connect, { allowCustom = true } = {}) {
    const { clock, ids, past, world } = engine;
    const state = createOnaState();
    const ona: Ona = {
      state,
      sessions: new Sessions(state.sessions, clock, past),
      clock,
      ids,
      past,
      world,
      allowCustom,
    };
    return {
      controls: createOnaControls(ona, connect),
      endpoints: new Map([[exportPath, createExportEndpoint(ona)]]),
      tables: state,
      sessions: ona.sessions,
      rowChecks: onaRowChecks,
      findBroken: createFindBroken(state, createOnaState, onaInvariants),
      routes: (router) => addOnaServices(router, engine, ona),
      applySeed: (seed, path) => applyOnaSeed(ona, seed, path),
    };
  },
};
