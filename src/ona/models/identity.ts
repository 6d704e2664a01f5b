import type { PrincipalJson } from "../../../gen/gitpod/v1/identity_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, object, string } from "../../core/json/fields.js";

/** The kind of a subject; "unknown" for a kind that is newer than this version of the SDK. */
export type OnaPrincipal =
  | "unspecified"
  | "account"
  | "user"
  | "runner"
  | "environment"
  | "service_account"
  | "runner_manager"
  | "unknown";

/** @internal */
export const principals = enumNames<"PRINCIPAL_", PrincipalJson>("PRINCIPAL_", {
  account: 1,
  user: 2,
  runner: 3,
  environment: 4,
  service_account: 5,
  runner_manager: 6,
});

/** A user, a service account or another subject that can act. */
export interface OnaSubject {
  /** UUID; empty if the server does not return it. */
  readonly id: string;
  /** The kind of subject. */
  readonly principal: OnaPrincipal;
}

/** @internal */
export function toSubject(json: Json): OnaSubject {
  return { id: string(json, "id"), principal: principals.read(json, "principal") };
}

/** The subject that a token stands for, and the organization. */
export interface OnaCurrentIdentity {
  /** An "account" before an organization is chosen; then a "user" or another kind. */
  readonly subject: OnaSubject;
  /** UUID of the organization that calls act in; empty before one is chosen. */
  readonly organizationId: string;
  /** The organization's plan, in the server's own words. */
  readonly organizationTier: string;
}

/** @internal */
export function toIdentity(json: Json): OnaCurrentIdentity {
  return {
    subject: object(json, "subject", toSubject),
    organizationId: string(json, "organizationId"),
    organizationTier: string(json, "organizationTier"),
  };
}
