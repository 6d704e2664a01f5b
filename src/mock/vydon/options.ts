import type { DescMethod } from "@bufbuild/protobuf";
import { type Check, flag, object, oneOf, optional } from "../engine/check-json.js";
import { failure } from "../engine/errors.js";
import { checkIssuerOptions, type VydonIssuerOptions } from "./issuer/options.js";

/** The vendor whose error texts the mock's Vydon uses: Vydon, or Neosync, from which Vydon was forked. */
export type VydonFlavor = "vydon" | "neosync";

/**
 * The options of the mock's Vydon. The defaults are the vendor's cloud with roles. For a server that runs Vydon's public source
 * unchanged, use `{ cloud: false, rbac: false }`.
 */
export interface VydonOptions {
  /** Whether it is the vendor's cloud, which has billing and worker keys. Default true. False for a self-hosted server. */
  cloud?: boolean | undefined;
  /** Whether roles decide what a member may do. Default true. Without roles, every member may do everything. */
  rbac?: boolean | undefined;
  /**
   * Whether calls need a token. Default true. If it is false, the server ignores tokens, every caller is the same user
   * (`00000000-0000-0000-0000-000000000000`), and there are no teams.
   */
  auth?: boolean | undefined;
  /**
   * The vendor whose error texts the server uses. Default `"vydon"`. The two differ in the texts and details of broken rules, and in the
   * name of the cloud. Vydon's details contain `ruleId`, and Neosync's contain `constraintId`.
   */
  flavor?: VydonFlavor | undefined;
  /** How the identity provider, `server.vydon.issuer`, treats refresh tokens. Default: each refresh token can be used once. */
  issuer?: VydonIssuerOptions | undefined;
}

/** Checks Vydon's options. @throws Error with the path to the wrong value. */
export const checkVydonOptions: Check<VydonOptions> = object({
  cloud: optional(flag),
  rbac: optional(flag),
  auth: optional(flag),
  flavor: optional(oneOf<VydonFlavor>(["vydon", "neosync"])),
  issuer: optional(checkIssuerOptions),
});

/** The settings of one server. */
export interface VydonModes {
  readonly cloud: boolean;
  readonly rbac: boolean;
  readonly auth: boolean;
  readonly flavor: VydonFlavor;
}

/** Returns the settings for these options. */
export function toModes({
  cloud = true,
  rbac = true,
  auth = true,
  flavor = "vydon",
}: VydonOptions): VydonModes {
  return { cloud, rbac, auth, flavor };
}

/** A check that throws if a server with these settings does not offer a call. */
export type Offered = (modes: VydonModes) => void;

/** Returns the check of a call that a server without authentication refuses. `what` completes the error text "unable to …". */
export function needsAuth(what: string): Offered {
  return ({ auth }) => {
    if (!auth) {
      throw failure("permission_denied", `unable to ${what} as authentication is not enabled`);
    }
  };
}

/** The check of a call that the cloud does not implement. */
export const needsSelfHosting: Offered = ({ cloud, flavor }) => {
  const name = flavor === "neosync" ? "Neosync" : "Vydon";
  if (cloud) throw failure("unimplemented", `not enabled in ${name} Cloud`);
};

/** Returns the check of a call that a self-hosted server does not implement. */
export function needsCloud({ name, parent }: DescMethod): Offered {
  return ({ cloud }) => {
    if (!cloud) throw failure("unimplemented", `${parent.typeName}/${name} is not implemented`);
  };
}

/** The check of a call that a self-hosted server forbids, because it has no billing. */
export const needsBilling: Offered = ({ cloud }) => {
  if (!cloud) throw failure("permission_denied", "billing is not currently enabled");
};
