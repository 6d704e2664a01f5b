/**
 * A parameter of a client's method. A mutation that takes one names it by an interface: the declarations then keep what each field
 * means, and an editor shows it.
 *
 * @typeParam Method - the method.
 * @typeParam Place - which parameter, from 0.
 */
export type Argument<
  Method extends (...args: never) => unknown,
  Place extends keyof Parameters<Method>,
> = NonNullable<Parameters<Method>[Place]>;

/** Names an account, for a mutation. */
export interface OfAccount {
  /** The account's id. */
  accountId: string;
}

/** Names a member of an account, for a mutation. */
export interface OfMember extends OfAccount, OfUser {}

/** Names an organization, for a mutation. */
export interface OfOrganization {
  /** UUID of the organization. */
  organizationId: string;
}

/** Names a user, for a mutation. */
export interface OfUser {
  /** The user's UUID; a member's `userId`. */
  userId: string;
}

/** Names a member of an organization, for a mutation. */
export interface OfOrganizationMember extends OfOrganization, OfUser {}

/** Names an invite, for a mutation. */
export interface OfInvite {
  /** An invite's `id`, not its token. */
  inviteId: string;
}

/** Names an API key, for a mutation. */
export interface OfKey {
  /** UUID; a key's `id`. */
  keyId: string;
}

/** Names a personal access token, for a mutation. */
export interface OfToken {
  /** UUID; a token's `id`. */
  tokenId: string;
}

/** Names an email domain, for a mutation. */
export interface OfDomain {
  /** UUID; a domain's `id`. */
  domainId: string;
}

/** Names a payment configuration, for a mutation. */
export interface OfPaymentConfiguration {
  /** `billing.getPaymentConfiguration` returns it. */
  paymentConfigurationId: string;
}

/** The new role of a member, for a mutation. */
export interface NewRole<Role> {
  /** The new role. */
  role: Role;
}
