import { AccountService } from "../../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../../gen/fam/v1/member_pb.js";
import type { ApiDefinition, ApiTypes } from "../engine/api.js";
import { mount } from "../engine/http/mount.js";
import { Sessions } from "../engine/state/sessions.js";
import { watchOver } from "../engine/state/strict.js";
import { toMs } from "../engine/time/duration.js";
import type { FamControls } from "./controls/controls.js";
import { createFamControls } from "./controls/create-controls.js";
import { checkFamOptions, type FamMounts, type FamOptions } from "./options.js";
import { applyFamSeed } from "./seed/apply-seed.js";
import { checkFamSeed } from "./seed/check-seed.js";
import type { FamSeed } from "./seed/seed.js";
import { createFamServices } from "./service.js";
import { famInvariants } from "./state/invariants.js";
import { famRowChecks } from "./state/row-checks.js";
import { createFamState, type Fam } from "./state/state.js";

/** The services of Fetch Ads Manager. */
export type FamServices = typeof AccountService | typeof MemberService | typeof BillingService;

/** Fetch Ads Manager, as the registry lists it. */
export const famApi: ApiDefinition<ApiTypes<FamControls, FamOptions, FamSeed, FamServices>> = {
  services: [AccountService, MemberService, BillingService],
  checkOptions: checkFamOptions,
  checkSeed: checkFamSeed,

  sample: {
    title: () => "Fetch Ads Manager",
    method: AccountService.method.listMyPermissions,
    signIn(controls, seed = {}, somebody) {
      const [user] = seed.users ?? [];
      const email = user?.email ?? seed.accounts?.[0]?.members?.[0]?.email ?? somebody;
      return { email, ...controls.signIn({ email }) };
    },
  },

  /** @throws Error for a name that no service can have. */
  create(engine, connect, { perPage = 20, services = {}, accessTokenLife = "1h" } = {}) {
    const { clock, ids, past } = engine;
    const state = createFamState();
    const fam: Fam = {
      state,
      sessions: new Sessions(state.sessions, clock, past),
      clock,
      ids,
      past,
      perPage,
      accessTokenMs: toMs(accessTokenLife),
    };
    const mounts: FamMounts = {
      accounts: services.accounts ?? AccountService.typeName,
      members: services.members ?? MemberService.typeName,
      billing: services.billing ?? BillingService.typeName,
    };
    const mounted = {
      accounts: mount(AccountService, mounts.accounts),
      members: mount(MemberService, mounts.members),
      billing: mount(BillingService, mounts.billing),
    };
    return {
      controls: createFamControls(fam, connect, mounts),
      tables: state,
      sessions: fam.sessions,
      rowChecks: famRowChecks,
      watcher: watchOver(state, createFamState, famInvariants),
      routes(router) {
        const rpcs = createFamServices(engine, fam);
        router.service(mounted.accounts, rpcs.accounts);
        router.service(mounted.members, rpcs.members);
        router.service(mounted.billing, rpcs.billing);
      },
      applySeed: (seed, path) => applyFamSeed(fam, seed, path),
    };
  },
};
