import { AccountService } from "../../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../../gen/fam/v1/member_pb.js";
import type { Api } from "../engine/api.js";
import type { Connect } from "../engine/connect-options.js";
import type { Engine } from "../engine/handler.js";
import { mount } from "../engine/http/mount.js";
import { watchOver } from "../engine/state/strict.js";
import { toMs } from "../engine/time/duration.js";
import { FamControls, type FamMounts } from "./controls/controls.js";
import type { FamOptions } from "./options.js";
import { plant } from "./seed/apply-seed.js";
import { checkFamSeed, type FamSeed } from "./seed/seed.js";
import { createFamServices } from "./service.js";
import { famInvariants } from "./state/invariants.js";
import { famRows } from "./state/row-checks.js";
import { createFamState, type Fam } from "./state/state.js";

/** The services that FAM's mock carries, under the API's name. */
export const famCarried = [
  { api: "fam", service: AccountService },
  { api: "fam", service: MemberService },
  { api: "fam", service: BillingService },
] as const;

/** FAM's mock. */
export interface FamApi extends Api<FamSeed> {
  readonly controls: FamControls;
}

/** FAM's mock, on an engine. @throws Error for a name that no service can have. */
export function createFamApi(
  engine: Engine,
  connect: Connect,
  { perPage = 20, services = {}, accessTokenLife = "1h" }: FamOptions = {},
): FamApi {
  const { clock, ids, past } = engine;
  const state = createFamState();
  const fam: Fam = { state, clock, ids, past, perPage, accessTokenMs: toMs(accessTokenLife) };
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
    controls: new FamControls(fam, connect, mounts),
    tables: state,
    rows: famRows,
    watcher: watchOver(state, createFamState, famInvariants),
    routes(router) {
      const answers = createFamServices(engine, fam);
      router.service(mounted.accounts, answers.accounts);
      router.service(mounted.members, answers.members);
      router.service(mounted.billing, answers.billing);
    },
    checkSeed: checkFamSeed,
    plant: (seed, path) => plant(fam, seed, path),
  };
}
