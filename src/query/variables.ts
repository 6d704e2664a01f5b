/**
 * The type of a parameter of a client's method. An interface that extends it keeps the comments of the fields, so an editor shows
 * them for a mutation's variables.
 *
 * @typeParam Method - the method.
 * @typeParam Place - the parameter's index, from 0.
 */
export type Argument<
  Method extends (...args: never) => unknown,
  Place extends keyof Parameters<Method>,
> = NonNullable<Parameters<Method>[Place]>;

/** Identifies an account, in a mutation's variables. */
export interface OfAccount {
  /** The account's id. */
  accountId: string;
}

/** Identifies a member of an account, in a mutation's variables. */
export interface OfMember extends OfAccount, OfUser {}

/** Identifies an organization, in a mutation's variables. */
export interface OfOrganization {
  /** UUID of the organization. */
  organizationId: string;
}

/** Identifies a user, in a mutation's variables. */
export interface OfUser {
  /** The user's UUID; a member's `userId`. */
  userId: string;
}

/** Identifies a member of an organization, in a mutation's variables. */
export interface OfOrganizationMember extends OfOrganization, OfUser {}

/** Identifies an invite, in a mutation's variables. */
export interface OfInvite {
  /** An invite's `id`, not its token. */
  inviteId: string;
}

/** Identifies an API key, in a mutation's variables. */
export interface OfKey {
  /** UUID; a key's `id`. */
  keyId: string;
}

/** Identifies a personal access token, in a mutation's variables. */
export interface OfToken {
  /** UUID; a token's `id`. */
  tokenId: string;
}

/** Identifies an email domain, in a mutation's variables. */
export interface OfDomain {
  /** UUID; a domain's `id`. */
  domainId: string;
}

/** Identifies a payment configuration, in a mutation's variables. */
export interface OfPaymentConfiguration {
  /** The id that `billing.getPaymentConfiguration` returns. */
  paymentConfigurationId: string;
}

/** The new role of a member, in a mutation's variables. */
export interface NewRole<Role> {
  /** The new role. */
  role: Role;
}
