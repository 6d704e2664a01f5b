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

/** A signed-in person. */
export interface OnaSession {
  /** The bearer token. It works like a personal access token. */
  readonly token: string;
  /** UUID of the person's account. */
  readonly accountId: string;
  /** Options for a client that calls as this session: `new OnaClient(session.connect())`. */
  connect(): ConnectOptions;
}

/** A person who is signed in to an organization. */
export interface OnaUserSession extends OnaSession {
  /** UUID of the person as a user of the organization. */
  readonly userId: string;
  /** UUID of the organization. */
  readonly organizationId: string;
}

/** The person who signs in. */
export interface OnaSignInOptions {
  /** Their email. Each email is one account, however often it signs in. Letter case does not count. */
  email: string;
  /** Their name, if the account is created. Default: made from the email. */
  name?: string;
  /**
   * The organization that the token is for, by id, or by name if only one has it. The person must be a member. Default: none. A token
   * for no organization can call the methods of accounts, and can create and join organizations. Other methods need an organization.
   */
  organization?: string;
  /** When the token expires. Default: after a year. For an exchange token: when its access token expires. Default: after an hour. */
  expiresIn?: Duration;
}

/** How an account joins an organization. */
export interface OnaJoinOptions {
  /** Default "member". */
  role?: OnaRole;
}

/** What an account runs. */
export interface OnaUsage {
  /** How many environments. Default: no change. */
  environments?: number;
  /** How many subscriptions. Default: no change. */
  subscriptions?: number;
}

/** What a test does to an Ona server other than calling it: signing in, and what happens outside the API. */
export interface OnaControls {
  /**
   * Signs a member in to an organization. Returns a session with a token for this user of the organization.
   *
   * ```ts
   * const { userId, connect } = server.ona.signIn({ email: "ada@example.com", organization: "Acme" });
   * const client = new OnaClient(connect());
   * ```
   *
   * @throws Error for an option that is unknown or wrong, if there is no such organization, and if they are not a member.
   */
  signIn(options: OnaSignInOptions & { organization: string }): OnaUserSession;
  /**
   * Signs a person in. Creates an account for a new email. Returns a session with a token.
   *
   * ```ts
   * const ada = server.ona.signIn({ email: "ada@example.com" });
   * const client = new OnaClient(ada.connect());
   * ```
   *
   * @throws Error for an option that is unknown or wrong.
   */
  signIn(options: OnaSignInOptions): OnaSession;
  /**
   * Makes an exchange token, as the vendor's sign-in does, and returns it. `ExchangeToken` exchanges it once for an access token of the
   * same person, in the form of a JWT.
   *
   * ```ts
   * const refresh = onaExchange(new OnaClient(ada.connect()), () => server.ona.exchangeToken({ email: "ada@example.com" }));
   * ```
   *
   * @param options - who signs in. `expiresIn` is how long the access token is valid. Default: an hour.
   * @throws Error as `signIn` does.
   */
  exchangeToken(options: OnaSignInOptions): string;
  /** Revokes a token. Does nothing if the token is unknown. */
  revoke(token: string): void;
  /** Returns an account as the server stores it, by id or email. @throws Error if there is no such account. */
  account(idOrEmail: string): OnaAccountRow;
  /**
   * Returns an organization as the server stores it, by id, or by name if only one has it.
   *
   * @throws Error if there is no such organization, or if several have the name.
   */
  organization(idOrName: string): OnaOrganizationRow;
  /**
   * Returns a member of an organization as the server stores it, by email or user id, also if the member has left.
   *
   * ```ts
   * const { userId } = server.ona.member("Acme", "ada@example.com");
   * ```
   *
   * @throws Error if there is no such organization, or if the person was never a member.
   */
  member(organization: string, emailOrUserId: string): OnaMemberRow;
  /**
   * Adds an organization, and returns it. With a `domain`, people with an email of that domain may join it.
   *
   * ```ts
   * server.ona.addOrganization({ name: "Acme", domain: "example.com" });
   * ```
   *
   * @throws Error if its id is taken.
   */
  addOrganization(organization: OnaOrganizationSeed): OnaOrganizationRow;
  /**
   * Adds an account to an organization. Returns the member. An account that had left gets the same user id again.
   *
   * @throws Error if the account or the organization does not exist, or if the account is a member already.
   */
  join(organizationId: string, accountId: string, options?: OnaJoinOptions): OnaMemberRow;
  /**
   * Removes an account from an organization, and revokes its tokens for it. Does nothing if it is not a member.
   *
   * @throws Error if either does not exist.
   */
  leave(organizationId: string, accountId: string): void;
  /**
   * Puts the proof for a domain into its DNS, as its owner would, so that `VerifyDomain` finds it. Takes the id of a domain verification,
   * or a domain for all its verifications.
   *
   * ```ts
   * const { id } = await client.domains.create(organizationId, { domain: "example.com" });
   * server.ona.proveDomain("example.com");
   * const { state } = await client.domains.verify(id); // "verified"
   * ```
   *
   * @throws Error if there is no such verification.
   */
  proveDomain(idOrDomain: string): void;
  /** Adds a single sign-on login for an email domain, and returns it. @throws Error if its URL is not valid. */
  addSso(sso: OnaSsoSeed): OnaSsoRow;
  /** Adds a login provider, and returns it: for everybody, or for an invite or an email domain. @throws Error if its URL is not valid. */
  addProvider(provider: OnaProviderSeed): OnaProviderRow;
  /** Sets what an account runs. Blocking the account stops it. @throws Error if there is no such account, or if it is blocked. */
  setUsage(accountId: string, usage: OnaUsage): void;
  /**
   * Records that a user of an organization used credits, and returns the record. The organization is given by id, or by name if only one
   * has it.
   *
   * ```ts
   * server.ona.useCredits("Acme", { email: "ada@example.com", credits: 12.5, type: "agentic" });
   * ```
   *
   * @throws Error if a value is unknown or wrong, if there is no such organization, or if the person was never a member.
   */
  useCredits(organization: string, usage: OnaCreditUsageSeed): OnaCreditUsageRow;
  /**
   * Sets how many credits a user should use in a month at most, a whole number; null for no budget. Returns the member. The API has no
   * call for this in this version. The user is given by email or user id.
   *
   * @throws Error as `useCredits` does.
   */
  setCreditBudget(organization: string, emailOrUserId: string, credits: number | null): OnaMemberRow;
  /** Blocks an account for a reason, as the vendor would. Null unblocks it. @throws Error if there is no such account. */
  setBlocked(accountId: string, reason: string | null): void;
}
