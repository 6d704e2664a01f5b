import type { Duration } from "../../engine/time/duration.js";
import type { OnaUsageType } from "../state/billing-rows.js";
import type { OnaRole, OnaTier, OnaUserStatus } from "../state/rows.js";

/** What is on the server before the first call. Only names and emails are required. */
export interface OnaSeed {
  /** People. A person who is only listed as a member is also created. */
  accounts?: OnaAccountSeed[];
  /** Organizations, with their members. */
  organizations?: OnaOrganizationSeed[];
  /** Single sign-on logins of email domains. */
  sso?: OnaSsoSeed[];
  /** Login providers. Without any, `listLoginProviders` returns none. */
  providers?: OnaProviderSeed[];
}

/** A person's account. */
export interface OnaAccountSeed {
  /** Each email is one account. Letter case does not count. */
  email: string;
  /** Default: made from the email. */
  name?: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** Default: empty. */
  avatarUrl?: string;
  /** A string without a time zone is UTC. Default: now. */
  createdAt?: Date | string;
  /** UUID of the organization that owns the account. It must exist, or be in the same seed. Default: none. */
  organizationId?: string;
  /** How they log in. Default "github". */
  loginProvider?: string;
  /** Whether it is blocked. Default false. */
  blocked?: boolean;
  /** Their bearer token for no organization, which never expires. Default: none. `server.ona.signIn` also makes one. */
  token?: string;
}

/** An organization, with its members. */
export interface OnaOrganizationSeed {
  /** The name that its members see. */
  name: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** The email domain whose people may join by themselves. Default: nobody may. */
  domain?: string;
  /** The id of its invite link, a UUID. Default: made when the link is first requested. */
  inviteId?: string;
  /** A string without a time zone is UTC. Default: now. */
  createdAt?: Date | string;
  /** Default "core". */
  tier?: OnaTier;
  /** Its members. A person who does not exist yet is created. Default: nobody. */
  members?: OnaMemberSeed[];
  /** The domains that it proves to be its own. Default: none. */
  domains?: OnaDomainSeed[];
  /** Whether it uses credits. Default true. Without them, usage cannot be exported by resource. */
  creditsEnabled?: boolean;
  /** The credits that its users have used. Default: none. */
  creditUsage?: OnaCreditUsageSeed[];
}

/** Credits that a user used. */
export interface OnaCreditUsageSeed {
  /** Who used them. They must be a member, or have been one. */
  email: string;
  /** How many, 0 or more, with fractions. */
  credits: number;
  /** The kind of work. Default "environment". */
  type?: OnaUsageType;
  /** When. A string without a time zone is UTC. Default: now. */
  at?: Date | string;
  /** The name of the environment, or for agentic work of the conversation. Default: the name of the kind of work. */
  resource?: string;
}

/** A domain that an organization proves to be its own. */
export interface OnaDomainSeed {
  /** Such as `example.com`. */
  domain: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** Whether the server has seen the proof. Default true. */
  verified?: boolean;
}

/** A member of an organization. */
export interface OnaMemberSeed {
  /** A person who does not exist yet is created. */
  email: string;
  /** Default "member". */
  role?: OnaRole;
  /** Whether they may act in the organization. Default "active". */
  status?: OnaUserStatus;
  /** Their user id in this organization, a UUID. Default: the next of the server's ids. */
  userId?: string;
  /** How many credits they should use in a month at most, a whole number. Default: no budget. */
  creditBudget?: number;
  /** Their personal access tokens for this organization. Default: none. `server.ona.signIn` also makes a token. */
  tokens?: OnaTokenSeed[];
}

/** A personal access token. */
export interface OnaTokenSeed {
  /** The secret. Default: made by the server. */
  token?: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** What it is for. Default "seeded". */
  description?: string;
  /** Whether it can only read. Default false. */
  readOnly?: boolean;
  /** Default: never. */
  expiresIn?: Duration;
}

/** A single sign-on login. */
export interface OnaSsoSeed {
  /** The email domain that it is for. */
  domain: string;
  /** Default: the domain. */
  displayName?: string;
  /** An absolute URL. Default: made by the server. */
  loginUrl?: string;
}

/** A login provider. */
export interface OnaProviderSeed {
  /** Such as `github`, `google` or `custom`. */
  provider: string;
  /** An absolute URL. Default: made by the server for `custom`, empty for others. */
  loginUrl?: string;
  /** The id of the invite that it is offered with, a UUID. Default: it is offered without an invite. */
  inviteId?: string;
  /** The email domain that it is offered to. Default: all domains. */
  domain?: string;
}
