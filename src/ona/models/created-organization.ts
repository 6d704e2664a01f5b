import { type Json, objectOf, optional } from "../../core/json/fields.js";
import { type OnaMember, toMember } from "./member.js";
import { inOrganization, type OnaOrganization } from "./organization.js";

/** An organization that was just created. */
export interface OnaCreatedOrganization extends OnaOrganization {
  /** The caller, as its first member. Left out if they did not join. */
  readonly member?: OnaMember;
}

/** @internal */
export function toCreatedOrganization(json: Json): OnaCreatedOrganization {
  return { ...inOrganization(json), ...optional(json, "member", objectOf(toMember)) };
}
