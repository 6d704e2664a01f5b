import { flag, instant, list, object, oneOf, optional, text, uuid } from "../../engine/check-json.js";
import { roleNames, tierNames } from "../messages.js";
import type { Role, Tier } from "../state/state.js";

/** What is there before the first call. Every field is optional, and so is every field within, but for names and emails. */
export interface OnaSeed {
  /** People. Whoever is named only as a member is made as well. */
  accounts?: OnaAccountSeed[];
  /** Organizations, with who is in them. */
  organizations?: OnaOrganizationSeed[];
  /** Single sign-on logins of email domains. */
  sso?: OnaSsoSeed[];
  /** Ways to log in. Without any, `listLoginProviders` answers none. */
  providers?: OnaProviderSeed[];
}

/** Somebody's account. */
export interface OnaAccountSeed {
  /** One account an address. Upper and lower case are the same. */
  email: string;
  /** Default: made of the email. */
  name?: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** Default: empty. */
  avatarUrl?: string;
  /** A text without a zone is UTC. Default: now. */
  createdAt?: Date | string;
  /** UUID of the organization that owns the account: one that is there, or in the same seed. Default: none does. */
  organizationId?: string;
  /** Whether it is blocked. Default false. */
  blocked?: boolean;
  /** A bearer token of theirs, which never lapses. Default: none; `server.ona.signIn` gives one. */
  token?: string;
}

/** An organization, and who is in it. */
export interface OnaOrganizationSeed {
  /** What its members see. */
  name: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** The email domain whose people may join. Default: nobody may. */
  domain?: string;
  /** Default "core". */
  tier?: Tier;
  /** Who is in it; whoever is not there yet is made. Default: nobody. */
  members?: {
    /** Their address. */
    email: string;
    /** Default "member". */
    role?: Role;
  }[];
}

/** A single sign-on login. */
export interface OnaSsoSeed {
  /** The email domain that it is for. */
  domain: string;
  /** Default: the domain. */
  displayName?: string;
  /** An absolute URL. Default: made. */
  loginUrl?: string;
}

/** A way to log in. */
export interface OnaProviderSeed {
  /** Such as `github`, `google` or `custom`. */
  provider: string;
  /** An absolute URL. Default: made for `custom`, empty for others. */
  loginUrl?: string;
  /** Offered to whoever holds this invite. Default: an invite makes no difference. */
  inviteId?: string;
  /** Offered to whoever has an email of this domain. Default: the domain makes no difference. */
  domain?: string;
}

/** Checks that some JSON is an organization. @throws Error with the path to what is wrong. */
export const checkOrganization = object<OnaOrganizationSeed>({
  name: text,
  id: optional(uuid),
  domain: optional(text),
  tier: optional(oneOf(tierNames)),
  members: optional(
    list(object<{ email: string; role?: Role }>({ email: text, role: optional(oneOf(roleNames)) })),
  ),
});

/** Checks that some JSON is a single sign-on login. @throws Error with the path to what is wrong. */
export const checkSso = object<OnaSsoSeed>({
  domain: text,
  displayName: optional(text),
  loginUrl: optional(text),
});

/** Checks that some JSON is a way to log in. @throws Error with the path to what is wrong. */
export const checkProvider = object<OnaProviderSeed>({
  provider: text,
  loginUrl: optional(text),
  inviteId: optional(text),
  domain: optional(text),
});

/** Checks that some JSON is a seed. @throws Error with the path to what is wrong. */
export const checkOnaSeed = object<OnaSeed>({
  accounts: optional(
    list(
      object<OnaAccountSeed>({
        email: text,
        name: optional(text),
        id: optional(uuid),
        avatarUrl: optional(text),
        createdAt: optional(instant),
        organizationId: optional(uuid),
        blocked: optional(flag),
        token: optional(text),
      }),
    ),
  ),
  organizations: optional(list(checkOrganization)),
  sso: optional(list(checkSso)),
  providers: optional(list(checkProvider)),
});
