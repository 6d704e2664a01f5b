import {
  count,
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
import type { Duration } from "../../engine/time/duration.js";
import { roleNames } from "../messages.js";
import type { Role, Subscription } from "../state/state.js";

/** What is there before the first call. Every field is optional, and so is every field within, but for names and emails. */
export interface VydonSeed {
  /** People. Whoever is named only as a member is made as well. */
  users?: UserSeed[];
  /** Accounts, with who is in them. */
  accounts?: AccountSeed[];
  /** Worker keys, as they are. */
  workerKeys?: string[];
}

/** Somebody who can sign in. */
export interface UserSeed {
  /** One user an address. Letter case counts: `Ada@example.com` and `ada@example.com` are two users. */
  email: string;
  /** Default: made of the email. */
  name?: string;
  /** Default: empty. */
  image?: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** Whether they have registered. Default true. */
  registered?: boolean;
  /** A bearer token of theirs, which never expires. Default: none; `server.vydon.signIn` gives one. */
  token?: string;
}

/** An account, and what belongs to it. */
export interface AccountSeed {
  /** By which `server.vydon.account` finds it, too. */
  name: string;
  /** A UUID. Default: the next of the server's ids. */
  id?: string;
  /** Default "team". */
  type?: "personal" | "team" | "enterprise";
  /** A text without a zone is UTC. Default: now. A trial ends 14 days after it. */
  createdAt?: Date | string;
  /** Who is in it; whoever is not there yet is made. Default: nobody. */
  members?: {
    /** Their address. */
    email: string;
    /** Default "admin". */
    role?: Role;
  }[];
  /** Invites that are open. Default: none. */
  invites?: InviteSeed[];
  /**
   * What the billing provider says of its subscription. `past_due` counts as active; `unpaid` counts as expired once the
   * trial is over. Default "none".
   */
  subscription?: Subscription;
  /** Whether it has a billing customer. Default: in the cloud, and not for a personal account. */
  billed?: boolean;
  /** Default 0. `server.vydon.account` tells it; no call does. */
  usedRecords?: number;
  /** Default: no limit. `server.vydon.account` tells it; no call does. */
  allowedRecords?: number;
  /** Keys of the account, as a service would use. Default: none. */
  apiKeys?: {
    /** Default: made. */
    token?: string;
    /** Default: never. */
    expiresIn?: Duration;
  }[];
}

/** An open invite. */
export interface InviteSeed {
  /** Whom it is for: only they can accept it. Letter case counts, as on the real server. */
  email: string;
  /** Default: none, which makes a viewer. */
  role?: Role;
  /** Default: made. */
  token?: string;
  /** The email of who sends it. Default: the account's first member. */
  from?: string;
  /** Default: 24 hours. */
  expiresIn?: Duration;
}

const role = oneOf(roleNames);

/** The names of all states of a subscription. */
export const subscriptions: readonly Subscription[] = ["none", "active", "past_due", "unpaid"];

/** Checks that some JSON is a seed. @throws Error with the path to what is wrong. */
export const checkVydonSeed = object<VydonSeed>({
  users: optional(
    list(
      object<UserSeed>({
        email: text,
        name: optional(text),
        image: optional(text),
        id: optional(uuid),
        registered: optional(flag),
        token: optional(text),
      }),
    ),
  ),
  accounts: optional(
    list(
      object<AccountSeed>({
        name: text,
        id: optional(uuid),
        type: optional(oneOf(["personal", "team", "enterprise"])),
        createdAt: optional(instant),
        members: optional(
          list(object<{ email: string; role?: Role }>({ email: text, role: optional(role) })),
        ),
        invites: optional(
          list(
            object<InviteSeed>({
              email: text,
              role: optional(role),
              token: optional(text),
              from: optional(text),
              expiresIn: optional(duration),
            }),
          ),
        ),
        subscription: optional(oneOf(subscriptions)),
        billed: optional(flag),
        usedRecords: optional(count),
        allowedRecords: optional(count),
        apiKeys: optional(
          list(
            object<{ token?: string; expiresIn?: Duration }>({
              token: optional(text),
              expiresIn: optional(duration),
            }),
          ),
        ),
      }),
    ),
  ),
  workerKeys: optional(list(text)),
});
