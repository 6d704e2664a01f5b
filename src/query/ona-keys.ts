import type { QueryKey } from "@tanstack/query-core";
import { keyMaker } from "./keys.js";

/** What Ona's keys begin with by default. */
export const onaRoot: QueryKey = ["tenantry", "ona"];

/** The keys of Ona's resources. */
export type OnaKeys = ReturnType<typeof onaKeys>;

/** The keys of Ona's resources. */
export function onaKeys(root: QueryKey) {
  return {
    accounts: keyMaker(root, "accounts"),
    users: keyMaker(root, "users"),
    organizations: keyMaker(root, "organizations"),
    members: keyMaker(root, "members"),
    invites: keyMaker(root, "invites"),
    billing: keyMaker(root, "billing"),
    tokens: keyMaker(root, "tokens"),
    identity: keyMaker(root, "identity"),
    domains: keyMaker(root, "domains"),
  };
}
