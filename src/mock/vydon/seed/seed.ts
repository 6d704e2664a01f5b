import type { Duration } from "../../engine/time/duration.js";
import type { VydonAccountType, VydonRole, VydonSubscription } from "../state/rows.js";

/** What is on the server before the first call. Only names and emails are required. */
export interface VydonSeed {
  /** People. A person who is only listed as a member is also created. */
  users?: VydonUserSeed[];
  /** Accounts, with their members. */
  accounts?: VydonAccountSeed[];
  /** Tokens of worker keys. */
  workerKeys?: string[];
}

/** A person who can sign in. */
export interface VydonUserSeed {
  /** Each email is one user. Letter case counts: `Ada@example.com` and `ada@example.com` are two users. */
  email: string;
  /** Default: made from the email. */
  name?: string;
  /** Default: empty. */
  image?: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** Whether they have registered. Default true. */
  registered?: boolean;
  /** Their bearer token, which never expires. Default: none. `server.vydon.signIn` also makes one. */
  token?: string;
}

/** An account, and what belongs to it. */
export interface VydonAccountSeed {
  /** The account's name. `server.vydon.account` also finds the account by it. */
  name: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** Default "team". */
  type?: VydonAccountType;
  /** A string without a time zone is UTC. Default: now. The trial ends 14 days after this. */
  createdAt?: Date | string;
  /** Its members. A person who does not exist yet is created. Default: nobody. */
  members?: VydonMemberSeed[];
  /** Open invites. Default: none. */
  invites?: VydonInviteSeed[];
  /**
   * The status of its subscription at the billing provider. `past_due` counts as active; `unpaid` counts as expired after the trial.
   * Default "none".
   */
  subscription?: VydonSubscription;
  /** Whether it has a billing customer. Default: true in the cloud, except for a personal account. */
  billed?: boolean;
  /** How many records it has used. Default 0. `server.vydon.account` returns it, and no RPC does. */
  usedRecords?: number;
  /** How many records it may use. Default: no limit. `server.vydon.account` returns it, and no RPC does. */
  allowedRecords?: number;
  /** API keys of the account. Default: none. */
  apiKeys?: VydonApiKeySeed[];
}

/** A member of an account. */
export interface VydonMemberSeed {
  /** A person who does not exist yet is created. */
  email: string;
  /** Default "admin". */
  role?: VydonRole;
}

/** An open invite. */
export interface VydonInviteSeed {
  /** The email of the invited person. Only they can accept the invite. Letter case counts, as on the real server. */
  email: string;
  /** Default: none. A person who accepts such an invite becomes a viewer. */
  role?: VydonRole;
  /** Default: made by the server. */
  token?: string;
  /** The email of the sender. Default: the account's first member. */
  from?: string;
  /** Default: 24 hours. */
  expiresIn?: Duration;
}

/** An API key of an account. */
export interface VydonApiKeySeed {
  /** Default: made by the server. */
  token?: string;
  /** Default: never. */
  expiresIn?: Duration;
}
