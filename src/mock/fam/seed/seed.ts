import type { Duration } from "../../engine/time/duration.js";
import type { FamAccountStatus, FamAccountType, FamCardRow } from "../state/rows.js";

/** What is on the server before the first call. Only names and emails are required. */
export interface FamSeed {
  /** People. A person who is only listed as a member is also created. */
  users?: FamUserSeed[];
  /** Accounts at the root, with the accounts below them. */
  accounts?: FamAccountSeed[];
}

/** A user. */
export interface FamUserSeed {
  /** Each email is one user. Letter case does not count. */
  email: string;
  /** Default: made from the email. */
  firstName?: string;
  /** Default: made from the email. */
  lastName?: string;
  /** A ULID. Default: the next of the server's ids. */
  id?: string;
  /** Permissions outside of any account. Default: none. */
  rootPermissions?: string[];
  /** Their bearer token, which never expires. Default: none. `server.fam.signIn` also makes one. */
  token?: string;
}

/** An account, and what belongs to it. */
export interface FamAccountSeed {
  /** The account's name. `server.fam.account` also finds the account by it. */
  name: string;
  /** A ULID. Default: the next of the server's ids. */
  id?: string;
  /** Default "ad_account". */
  type?: FamAccountType;
  /** Default "unverified". */
  status?: FamAccountStatus;
  /** A string without a time zone is UTC. Default: now. */
  createdAt?: Date | string;
  /** Its members. Default: nobody. */
  members?: FamMemberSeed[];
  /** Open invitations. Default: none. */
  invites?: FamInviteSeed[];
  /** The first card is the primary one. Default: none. */
  cards?: FamCardOptions[];
  /** Accounts below this one. A relation to this account is also a relation to them. Default: none. */
  accounts?: FamAccountSeed[];
}

/** A new card. A field that is left out is that of a test card. */
export type FamCardOptions = Partial<Omit<FamCardRow, "id" | "configurationId" | "primary">>;

/** A member. */
export interface FamMemberSeed {
  /** Their email. A person who does not exist yet is created. */
  email: string;
  /** Default `["owner"]`. */
  relations?: string[];
}

/** An open invitation. */
export interface FamInviteSeed {
  /** Who is invited. */
  email: string;
  /** Default `["member"]`. */
  relations?: string[];
  /** The secret that it is accepted with. Default: made by the server. `server.fam.inviteToken` returns it. */
  token?: string;
  /** The email of the sender. Default: the account's first member. */
  from?: string;
  /** Default: 7 days. */
  expiresIn?: Duration;
}
