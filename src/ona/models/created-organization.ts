import { type Json, optionalObject } from "../../core/json/fields.js";
import { type Member, toMember } from "./member.js";
import { inOrganization, type Organization } from "./organization.js";

/** An organization that was just created. */
export interface CreatedOrganization extends Organization {
  /** The caller, as its first member. Left out if they did not join. */
  readonly member?: Member;
}

/** @internal */
export function toCreatedOrganization(json: Json): CreatedOrganization {
  const member = optionalObject(json, "member", toMember);
  return { ...inOrganization(json), ...(member !== undefined && { member }) };
}
