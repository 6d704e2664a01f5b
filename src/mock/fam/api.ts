import { AccountService } from "../../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../../gen/fam/v1/member_pb.js";
import type { ApiDefinition, ApiTypes } from "../engine/api.js";
import { Sessions } from "../engine/state/sessions.js";
import { createFindBroken } from "../engine/state/strict.js";
import { toMs } from "../engine/time/duration.js";
import type { FamControls } from "./controls/controls.js";
import { createFamControls } from "./controls/create-controls.js";
import { checkFamOptions, type FamOptions, type FamServiceNames } from "./options.js";
import { applyFamSeed } from "./seed/apply-seed.js";
import { checkFamSeed } from "./seed/check-seed.js";
import type { FamSeed } from "./seed/seed.js";
import { addFamServices } from "./services.js";
import { famInvariants } from "./state/invariants.js";
import { famRowChecks } from "./state/row-checks.js";
import { createFamState, type Fam } from "./state/state.js";

/** The services of Fetch Ads Manager. */
export type FamServices = typeof AccountService | typeof MemberService | typeof BillingService;

/** Fetch Ads Manager, for the list of APIs. */
export const famApi: ApiDefinition<ApiTypes<FamControls, FamOptions, FamSeed, FamServices>> = {
  services: [AccountService, MemberService, BillingService],
  checkOptions: checkFamOptions,
  checkSeed: checkFamSeed,

  sample: {
    title: () => "Fetch Ads Manager",
    method: AccountService.method.listMyPermissions,
    signIn(controls, seed = {}, fallback) {
      const [user] = seed.users ?? [];
      const email = user?.email ?? seed.accounts?.[0]?.members?.[0]?.email ?? fallback;
      return { email, ...controls.signIn({ email }) };
    },
  },

  create(engine, connect, { perPage = 20, services = {}, accessTokenLife = "1h" } = {}) {
    const { clock, ids, past } = engine;
    const serviceNames: FamServiceNames = {
      accounts: services.accounts ?? AccountService.typeName,
      members: services.members ?? MemberService.typeName,
      billing: services.billing ?? BillingService.typeName,
    };
    const state = createFamState();
    const fam: Fam = {
      state,
      sessions: new Sessions(state.sessions, clock, past),
      clock,
      ids,
      past,
      perPage,
      serviceNames,
      accessTokenMs: toMs(accessTokenLife),
    };
    return {
      controls: createFamControls(fam, connect),
      tables: state,
      sessions: fam.sessions,
      rowChecks: famRowChecks,
      findBroken: createFindBroken(state, createFamState, famInvariants),
      routes: (router) => addFamServices(router, engine, fam),
      applySeed: (seed, path) => applyFamSeed(fam, seed, path),
    };
  },
};
