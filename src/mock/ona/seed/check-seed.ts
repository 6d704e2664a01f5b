import {
  amount,
  anyText,
  type Check,
  count,
  duration,
  flag,
  instant,
  list,
  object,
  oneOf,
  optional,
  text,
  uuid,
} from "../../engine/check-json.js";
import { usageTypes } from "../billing/credits.js";
import { roleNames, statusNames, tierNames } from "../messages.js";
import type {
  OnaAccountSeed,
  OnaCreditUsageSeed,
  OnaDomainSeed,
  OnaMemberSeed,
  OnaOrganizationSeed,
  OnaProviderSeed,
  OnaSeed,
  OnaSsoSeed,
  OnaTokenSeed,
} from "./seed.js";

const checkAccount: Check<OnaAccountSeed> = object({
  email: text,
  name: optional(anyText),
  id: optional(uuid),
  avatarUrl: optional(anyText),
  createdAt: optional(instant),
  organizationId: optional(uuid),
  loginProvider: optional(text),
  blocked: optional(flag),
  token: optional(text),
});

const checkToken: Check<OnaTokenSeed> = object({
  token: optional(text),
  id: optional(uuid),
  description: optional(anyText),
  readOnly: optional(flag),
  expiresIn: optional(duration),
});

const checkMember: Check<OnaMemberSeed> = object({
  email: text,
  role: optional(oneOf(roleNames)),
  status: optional(oneOf(statusNames)),
  userId: optional(uuid),
  creditBudget: optional(count),
  tokens: optional(list(checkToken)),
});

const checkDomain: Check<OnaDomainSeed> = object({
  domain: text,
  id: optional(uuid),
  verified: optional(flag),
});

/** Checks used credits. @throws Error with the path to the wrong value. */
export const checkCreditUsage: Check<OnaCreditUsageSeed> = object({
  email: text,
  credits: amount,
  type: optional(oneOf(usageTypes)),
  at: optional(instant),
  resource: optional(text),
});

/** Checks the seed of an organization. @throws Error with the path to the wrong value. */
export const checkOrganization: Check<OnaOrganizationSeed> = object({
  name: text,
  id: optional(uuid),
  domain: optional(text),
  inviteId: optional(uuid),
  createdAt: optional(instant),
  tier: optional(oneOf(tierNames)),
  members: optional(list(checkMember)),
  domains: optional(list(checkDomain)),
  creditsEnabled: optional(flag),
  creditUsage: optional(list(checkCreditUsage)),
});

/** Checks the seed of a single sign-on login. @throws Error with the path to the wrong value. */
export const checkSso: Check<OnaSsoSeed> = object({
  domain: text,
  displayName: optional(text),
  loginUrl: optional(text),
});

/** Checks the seed of a login provider. @throws Error with the path to the wrong value. */
export const checkProvider: Check<OnaProviderSeed> = object({
  provider: text,
  loginUrl: optional(text),
  inviteId: optional(uuid),
  domain: optional(text),
});

/** Checks a seed. @throws Error with the path to the wrong value. */
export const checkOnaSeed: Check<OnaSeed> = object({
  accounts: optional(list(checkAccount)),
  organizations: optional(list(checkOrganization)),
  sso: optional(list(checkSso)),
  providers: optional(list(checkProvider)),
});
