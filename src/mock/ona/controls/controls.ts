import type { ConnectOptions } from "../../engine/connect-options.js";
import type { Duration } from "../../engine/time/duration.js";
import type { OnaCreditUsageSeed, OnaOrganizationSeed, OnaProviderSeed, OnaSsoSeed } from "../seed/seed.js";
import type { OnaCreditUsageRow } from "../state/billing-rows.js";
import type {
  OnaAccountRow,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaProviderRow,
  OnaRole,
  OnaSsoRow,
} from "../state/rows.js";

/** The session of a signed-in person. */
export interface OnaSession {
  /** The bearer token. It works like a personal access token. */
  readonly token: string;
  /** UUID of the person's account. */
  readonly accountId: string;
  /** Returns options for a client that calls as this session: `new OnaClient(session.connect())`. */
  connect(): ConnectOptions;
}

/** The session of a person who is signed in to an organization. */
export interface OnaUserSession extends OnaSession {
  /** UUID of the person as a user of the organization. */
  readonly userId: string;
  /** UUID of the organization. */
  readonly organizationId: string;
}

/** The person who signs in. */
export interface OnaSignInOptions {
  /** Their email. Each email is one account, even if it signs in several times. Letter case does not count. */
  email: string;
  /** Their name, if the email is new. Default: made from the email. */
  name?: string | undefined;
  /**
   * The organization that the token is for, by id, or by name if only one organization has it. The person must be a member. Default: none.
   * Without an organization, a token can call the methods of accounts and `identity.current`, can create and join organizations, and can
   * remove or delete the person's own users. Other methods need an organization.
   */
  organization?: string | undefined;
  /** How long the token is valid. Default: a year. For `exchangeToken`: how long the access token is valid. Default: an hour. */
  expiresIn?: Duration | undefined;
}

/** Options for a new member. */
export interface OnaJoinOptions {
  /** The member's role. Default "member". */
  role?: OnaRole | undefined;
}

/** The environments and subscriptions of an account. */
export interface OnaUsage {
  /** The number of running environments. Default: no change. */
  environments?: number | undefined;
  /** The number of paid subscriptions. Default: no change. */
  subscriptions?: number | undefined;
}

/**
 * The actions of a test on an Ona server, outside of its API: sign people in, add organizations, members and logins, put the proof for a
 * domain into its DNS, record usage, and block accounts.
 */
export interface OnaControls {
  /**
   * Signs a member in to an organization. Returns a session with a token for this user of the organization.
   *
   * ```ts
   * const { userId, connect } = server.ona.signIn({ email: "ada@example.com", organization: "Acme" });
   * const client = new OnaClient(connect());
   * ```
   *
   * @throws Error if an option is unknown or wrong, if there is no such organization, or if the person is not a member.
   */
  signIn(options: OnaSignInOptions & { organization: string }): OnaUserSession;
  /**
   * Signs a person in. Creates an account if the email is new. Returns a session with a token.
   *
   * ```ts
   * const ada = server.ona.signIn({ email: "ada@example.com" });
   * const client = new OnaClient(ada.connect());
   * ```
   *
   * @throws Error if an option is unknown or wrong.
   */
  signIn(options: OnaSignInOptions): OnaSession;
  /**
   * Creates an exchange token, as the vendor's sign-in does, and returns it. It can be used once: `ExchangeToken` exchanges it for an
   * access token of the same person, in the form of a JWT.
   *
   * ```ts
   * const refresh = onaExchange(new OnaClient(ada.connect()), () => server.ona.exchangeToken({ email: "ada@example.com" }));
   * ```
   *
   * @param options - the person who signs in. `expiresIn` is how long the access token is valid. Default: an hour.
   * @throws Error in the same cases as `signIn`.
   */
  exchangeToken(options: OnaSignInOptions): string;
  /** Revokes a token. If it is a personal access token, deletes it. Does nothing if the token is unknown. @throws Error if it is empty. */
  revoke(token: string): void;
  /** Returns an account as the server stores it, by id or email. @throws Error if there is no such account. */
  account(idOrEmail: string): OnaAccountRow;
  /**
   * Returns an organization as the server stores it, by id, or by name if only one organization has it.
   *
   * @throws Error if there is no such organization, or if several organizations have the name.
   */
  organization(idOrName: string): OnaOrganizationRow;
  /**
   * Returns a member of an organization as the server stores it, by email or user id. This includes members who have left.
   *
   * ```ts
   * const { userId } = server.ona.member("Acme", "ada@example.com");
   * ```
   *
   * @param organization - the organization's id, or its name if only one organization has it.
   * @throws Error if there is no such organization, or if the person was never a member.
   */
  member(organization: string, emailOrUserId: string): OnaMemberRow;
  /**
   * Adds an organization, and returns it. People with an email of its `domain` may join it.
   *
   * ```ts
   * server.ona.addOrganization({ name: "Acme", domain: "example.com", members: [{ email: "ada@example.com", role: "admin" }] });
   * ```
   *
   * @throws Error if a value is unknown or wrong, if an id or a token is taken, or if a person is listed twice. In that case, nothing has
   * changed.
   */
  addOrganization(organization: OnaOrganizationSeed): OnaOrganizationRow;
  /**
   * Adds an account to an organization. Returns the member. If the account was a member before, it gets the same user
   * id again.
   *
   * ```ts
   * server.ona.join("Acme", "ada@example.com", { role: "admin" });
   * ```
   *
   * @param organization - the organization's id, or its name if only one organization has it.
   * @param accountId - the account's id or email.
   * @throws Error if the account or the organization does not exist, if the account is a member already, or if an option is unknown or
   * wrong.
   */
  join(organization: string, accountId: string, options?: OnaJoinOptions): OnaMemberRow;
  /**
   * Removes an account from an organization, and revokes its tokens for it. Does nothing if the account is not a member.
   *
   * @param organization - the organization's id, or its name if only one organization has it.
   * @param accountId - the account's id or email.
   * @throws Error if the account or the organization does not exist.
   */
  leave(organization: string, accountId: string): void;
  /**
   * Adds the `verificationToken` of a domain to its DNS, as its owner does. `VerifyDomain` then finds it there.
   *
   * ```ts
   * const { id } = await client.domains.create(organizationId, { domain: "example.com" });
   * server.ona.addDnsRecord("example.com");
   * const { state } = await client.domains.verify(id); // "verified"
   * ```
   *
   * @param idOrDomain - the id of a domain verification, or a domain for all its verifications.
   * @throws Error if there is no such verification.
   */
  addDnsRecord(idOrDomain: string): void;
  /** Adds a single sign-on login for an email domain, and returns it. @throws Error if a value is unknown or wrong. */
  addSso(sso: OnaSsoSeed): OnaSsoRow;
  /**
   * Adds a login provider, and returns it. It is offered to everyone, or only with an invite or to an email domain.
   *
   * @throws Error if a value is unknown or wrong.
   */
  addProvider(provider: OnaProviderSeed): OnaProviderRow;
  /**
   * Sets the number of an account's environments and subscriptions. They end if the account is blocked.
   *
   * @param accountId - the account's id or email.
   * @throws Error if there is no such account, if it is blocked, or if a value is unknown or wrong.
   */
  setUsage(accountId: string, usage: OnaUsage): void;
  /**
   * Records that a user of an organization used credits. Returns the record.
   *
   * ```ts
   * server.ona.useCredits("Acme", { email: "ada@example.com", credits: 12.5, type: "agentic" });
   * ```
   *
   * @param organization - the organization's id, or its name if only one organization has it.
   * @throws Error if a value is unknown or wrong, if there is no such organization, or if the person was never a member.
   */
  useCredits(organization: string, usage: OnaCreditUsageSeed): OnaCreditUsageRow;
  /**
   * Sets the budget of a user for a month, in whole credits. Null means no budget. Returns the member. This version of the API cannot set
   * budgets.
   *
   * @param organization - the organization's id, or its name if only one organization has it.
   * @throws Error if the number is not valid, if there is no such organization, or if the person was never a member.
   */
  setCreditBudget(organization: string, emailOrUserId: string, credits: number | null): OnaMemberRow;
  /**
   * Blocks an account for a reason, as the vendor does. Null unblocks it.
   *
   * @param accountId - the account's id or email.
   * @throws Error if there is no such account, or if the reason is not a string or is empty.
   */
  setBlocked(accountId: string, reason: string | null): void;
}
