import {
  anyText,
  type Check,
  duration,
  flag,
  instant,
  list,
  object,
  oneOf,
  optional,
  text,
  uuid,
} from "../../engine/check-json.js";
import { roleNames, typeNames } from "../messages.js";
import { subscriptions } from "../state/rows.js";
import type {
  VydonAccountSeed,
  VydonApiKeySeed,
  VydonInviteSeed,
  VydonMemberSeed,
  VydonSeed,
  VydonUserSeed,
} from "./seed.js";

const role = oneOf(roleNames);

const checkUser: Check<VydonUserSeed> = object({
  email: text,
  name: optional(anyText),
  image: optional(anyText),
  id: optional(uuid),
  registered: optional(flag),
  token: optional(text),
});

const checkMember: Check<VydonMemberSeed> = object({ email: text, role: optional(role) });

const checkInvite: Check<VydonInviteSeed> = object({
  email: text,
  role: optional(role),
  token: optional(text),
  from: optional(text),
  expiresIn: optional(duration),
});

const checkApiKey: Check<VydonApiKeySeed> = object({
  name: optional(text),
  token: optional(text),
  expiresIn: optional(duration),
});

const checkAccount: Check<VydonAccountSeed> = object({
  name: text,
  id: optional(uuid),
  type: optional(oneOf(typeNames)),
  createdAt: optional(instant),
  members: optional(list(checkMember)),
  invites: optional(list(checkInvite)),
  subscription: optional(oneOf(subscriptions)),
  billed: optional(flag),
  apiKeys: optional(list(checkApiKey)),
});

/** Checks a seed. @throws Error with the path to the wrong value. */
export const checkVydonSeed: Check<VydonSeed> = object({
  users: optional(list(checkUser)),
  accounts: optional(list(checkAccount)),
  workerKeys: optional(list(text)),
});
