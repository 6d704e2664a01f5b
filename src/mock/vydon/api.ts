import { ApiKeyService } from "../../../gen/mgmt/v1alpha1/api_key_pb.js";
import { AuthService } from "../../../gen/mgmt/v1alpha1/auth_pb.js";
import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { ApiDefinition, ApiTypes } from "../engine/api.js";
import { Sessions } from "../engine/state/sessions.js";
import { createFindBroken } from "../engine/state/strict.js";
import type { VydonControls } from "./controls/controls.js";
import { createVydonControls } from "./controls/create-controls.js";
import { authorizePath, createIssuer, tokenPath } from "./issuer/create-issuer.js";
import { toPolicy } from "./issuer/options.js";
import { createSignInPage } from "./issuer/sign-in-page.js";
import { createTokenEndpoint } from "./issuer/token-endpoint.js";
import { checkVydonOptions, toModes, type VydonOptions } from "./options.js";
import { applyVydonSeed } from "./seed/apply-seed.js";
import { checkVydonSeed } from "./seed/check-seed.js";
import type { VydonSeed } from "./seed/seed.js";
import { addVydonServices } from "./services.js";
import { Countdown } from "./state/countdown.js";
import { vydonInvariants } from "./state/invariants.js";
import { vydonRowChecks } from "./state/row-checks.js";
import { createVydonState, type Vydon } from "./state/state.js";
import { Stripe } from "./state/stripe.js";

/** The services of Vydon. */
export type VydonServices = typeof UserAccountService | typeof AuthService | typeof ApiKeyService;

/** Vydon, for the list of APIs. */
export const vydonApi: ApiDefinition<ApiTypes<VydonControls, VydonOptions, VydonSeed, VydonServices>> = {
  services: [UserAccountService, AuthService, ApiKeyService],
  checkOptions: checkVydonOptions,
  checkSeed: checkVydonSeed,
  endpoints: [tokenPath, authorizePath],

  sample: {
    title(options = {}) {
      const { cloud, rbac } = toModes(options);
      return `Vydon, ${cloud ? "cloud" : "self-hosted"}, RBAC ${rbac ? "on" : "off"}`;
    },
    method: UserAccountService.method.getUser,
    signIn(controls, seed = {}, fallback) {
      const [user] = seed.users ?? [];
      const email = user?.email ?? seed.accounts?.[0]?.members?.[0]?.email ?? fallback;
      return { email, ...controls.signIn({ email, registered: user?.registered ?? true }) };
    },
  },

  create(engine, connect, options = {}) {
    const { clock, ids, past, world, lifetime } = engine;
    const state = createVydonState();
    const modes = toModes(options);
    const vydon: Vydon = {
      state,
      sessions: new Sessions(state.sessions, clock, past),
      clock,
      ids,
      past,
      world,
      isStrict: engine.runStrictly !== undefined,
      modes,
      stripe: new Stripe(new Countdown(state.refusals), ids),
      policy: toPolicy(options.issuer ?? {}),
      lostResponses: new Countdown(state.lostResponses),
    };
    const issuer = createIssuer(vydon);
    return {
      controls: createVydonControls(vydon, connect, issuer),
      endpoints: new Map([
        [tokenPath, createTokenEndpoint(issuer, clock, lifetime)],
        [authorizePath, createSignInPage(vydon, issuer)],
      ]),
      tables: state,
      sessions: vydon.sessions,
      rowChecks: vydonRowChecks,
      findBroken: createFindBroken(state, createVydonState, vydonInvariants(modes.rbac)),
      routes: (router) => addVydonServices(router, engine, vydon),
      applySeed: (seed, path) => applyVydonSeed(vydon, seed, path),
    };
  },
};
