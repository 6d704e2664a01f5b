import type { DomainVerificationStateJson } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, object, optional, requiredString, string } from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";

/** The state of a domain's verification; "unknown" for a state that is newer than this version of the SDK. */
export type OnaDomainState = "unspecified" | "pending" | "verified" | "unknown";

const domainStates = enumNames<"DOMAIN_VERIFICATION_STATE_", DomainVerificationStateJson>(
  "DOMAIN_VERIFICATION_STATE_",
  { pending: 1, verified: 2 },
);

/** A domain of an organization, and the state of its verification. */
export interface OnaDomain {
  /** UUID, for `domains.get`, `domains.verify` and `domains.delete`. */
  readonly id: string;
  /** UUID of the organization. */
  readonly organizationId: string;
  /** The domain itself, such as `example.com`. */
  readonly domain: string;
  /** The state of its verification. */
  readonly state: OnaDomainState;
  /** When it was verified. Left out until then. */
  readonly verifiedAt?: Date;
  /** The string that the domain's DNS must contain. The vendor does not document the record. */
  readonly verificationToken: string;
  /** When it was added. Left out if the server does not return it. */
  readonly createdAt?: Date;
}

/** @internal */
export function toDomain(json: Json): OnaDomain {
  return {
    id: requiredString(json, "id"),
    organizationId: requiredString(json, "organizationId"),
    domain: string(json, "domain"),
    state: domainStates.read(json, "state"),
    ...optional(json, "verifiedAt", date),
    verificationToken: string(json, "verificationToken"),
    ...optional(json, "createdAt", date),
  };
}

/** Reads a domain that was just added. Its `verificationToken` must be there. @internal */
export function inNewDomain(json: Json): OnaDomain {
  return object(json, "domainVerification", (domain) => ({
    ...toDomain(domain),
    verificationToken: requiredString(domain, "verificationToken"),
  }));
}

/** Reads the `domainVerification` of a response. @internal */
export function inDomain(json: Json): OnaDomain {
  return object(json, "domainVerification", toDomain);
}
