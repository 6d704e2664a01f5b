import {
  type Check,
  count,
  duration,
  instant,
  list,
  object,
  oneOf,
  optional,
  text,
  wrong,
} from "../../engine/check-json.js";
import type { Duration } from "../../engine/time/duration.js";
import { statusNames, typeNames } from "../messages.js";
import type { AccountRow, CardRow } from "../state/state.js";

/** What is there before the first call. Every field is optional, and so is every field within, but for names and emails. */
export interface FamSeed {
  /** People. Whoever is named only as a member is made as well. */
  users?: FamUserSeed[];
  /** Accounts at the root, with those below them. */
  accounts?: FamAccountSeed[];
}

/** Somebody. */
export interface FamUserSeed {
  /** One user an address; upper and lower case are the same. */
  email: string;
  /** Default: made of the email, as is the last name. */
  firstName?: string;
  /** Default: made of the email. */
  lastName?: string;
  /** A ULID. Default: the next of the server's ids. */
  id?: string;
  /** What they may do above all accounts. Default: nothing. */
  rootPermissions?: string[];
  /** A bearer token of theirs, which never lapses. Default: none; `server.fam.signIn` gives one. */
  token?: string;
}

/** An account, and what belongs to it. */
export interface FamAccountSeed {
  /** By which `server.fam.account` finds it, too. */
  name: string;
  /** A ULID. Default: the next of the server's ids. */
  id?: string;
  /** Default "ad_account". */
  type?: AccountRow["type"];
  /** Default "unverified". */
  status?: AccountRow["status"];
  /** A text without a zone is UTC. Default: now. */
  createdAt?: Date | string;
  /** Who is in it. Default: nobody. */
  members?: FamMemberSeed[];
  /** Invitations that are open. Default: none. */
  invites?: FamInviteSeed[];
  /** The first is the primary one. */
  cards?: FamCardOptions[];
  /** Accounts below this one: whoever is something to it is the same to them. */
  accounts?: FamAccountSeed[];
}

/** What a new card is like; what is left out is a test card's. */
export type FamCardOptions = Partial<Omit<CardRow, "id" | "configurationId" | "primary">>;

/** A member. */
export interface FamMemberSeed {
  /** Whoever is not among the users is made. */
  email: string;
  /** Default `["owner"]`. */
  relations?: string[];
}

/** An open invitation. */
export interface FamInviteSeed {
  /** Whom it is for. */
  email: string;
  /** Default `["member"]`. */
  relations?: string[];
  /** The secret that it is accepted with. Default: made; `server.fam.inviteToken` tells it. */
  token?: string;
  /** The email of who sends it. Default: the account's first member. */
  from?: string;
  /** Default: 7 days. */
  expiresIn?: Duration;
}

const ulid: Check = (value, path) => {
  if (typeof value === "string" && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(value)) return;
  throw wrong(value, path, "a ULID");
};

/** Checks that some JSON is a card. @throws Error with the path to what is wrong. */
export const checkCard = object<FamCardOptions>({
  brand: optional(text),
  last4: optional(text),
  expMonth: optional(count),
  expYear: optional(count),
  name: optional(text),
});

const checkAccount: Check = object<FamAccountSeed>({
  name: text,
  id: optional(ulid),
  type: optional(oneOf(typeNames)),
  status: optional(oneOf(statusNames)),
  createdAt: optional(instant),
  members: optional(list(object<FamMemberSeed>({ email: text, relations: optional(list(text)) }))),
  invites: optional(
    list(
      object<FamInviteSeed>({
        email: text,
        relations: optional(list(text)),
        token: optional(text),
        from: optional(text),
        expiresIn: optional(duration),
      }),
    ),
  ),
  cards: optional(list(checkCard)),
  accounts: optional(list((value, path) => checkAccount(value, path))),
});

/** Checks that some JSON is a seed. @throws Error with the path to what is wrong. */
export const checkFamSeed = object<FamSeed>({
  users: optional(
    list(
      object<FamUserSeed>({
        email: text,
        firstName: optional(text),
        lastName: optional(text),
        id: optional(ulid),
        rootPermissions: optional(list(text)),
        token: optional(text),
      }),
    ),
  ),
  accounts: optional(list(checkAccount)),
});
