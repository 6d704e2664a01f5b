import {
  anyText,
  type Check,
  count,
  duration,
  instant,
  list,
  object,
  oneOf,
  optional,
  text,
  wholeNumber,
  wrong,
} from "../../engine/check-json.js";
import { statusNames, typeNames } from "../messages.js";
import type {
  FamAccountSeed,
  FamCardSeed,
  FamInviteSeed,
  FamMemberSeed,
  FamSeed,
  FamUserSeed,
} from "./seed.js";

/** Checks a ULID. */
function ulid(value: unknown, path: string): string {
  if (typeof value === "string" && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(value)) return value;
  throw wrong(value, path, "a ULID");
}

const checkUser: Check<FamUserSeed> = object({
  email: text,
  firstName: optional(anyText),
  lastName: optional(anyText),
  id: optional(ulid),
  rootPermissions: optional(list(text)),
  token: optional(text),
});

const checkMember: Check<FamMemberSeed> = object({ email: text, relations: optional(list(text)) });

const checkInvite: Check<FamInviteSeed> = object({
  email: text,
  relations: optional(list(text)),
  token: optional(text),
  from: optional(text),
  expiresIn: optional(duration),
});

/** Checks a card. @throws Error with the path to the wrong value. */
export const checkCard: Check<FamCardSeed> = object({
  brand: optional(text),
  last4: optional(text),
  expMonth: optional(wholeNumber(1, 12)),
  expYear: optional(count),
  name: optional(anyText),
});

const checkAccount: Check<FamAccountSeed> = object({
  name: text,
  id: optional(ulid),
  type: optional(oneOf(typeNames)),
  status: optional(oneOf(statusNames)),
  createdAt: optional(instant),
  members: optional(list(checkMember)),
  invites: optional(list(checkInvite)),
  cards: optional(list(checkCard)),
  accounts: optional(list(checkAccountBelow)),
});

/**
 * Checks an account below another one. It is a function, because `checkAccount` cannot use itself before it is defined.
 */
function checkAccountBelow(value: unknown, path: string): FamAccountSeed {
  return checkAccount(value, path);
}

/** Checks a seed. @throws Error with the path to the wrong value. */
export const checkFamSeed: Check<FamSeed> = object({
  users: optional(list(checkUser)),
  accounts: optional(list(checkAccount)),
});
