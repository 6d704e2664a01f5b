import { applyEach } from "../../engine/state/apply-each.js";
import { timeAfter, toInstant } from "../../engine/time/instant.js";
import { zeroUuid } from "../access/access.js";
import { addApiKey, hasKeyNamed } from "../state/api-keys.js";
import { callerOf, findOrCreatePerson, findOrCreateUser } from "../state/find-or-create.js";
import type { VydonAccountRow } from "../state/rows.js";
import {
  addAccount,
  addInvite,
  addMember,
  identityByEmail,
  membershipOf,
  type Vydon,
} from "../state/state.js";
import { newCustomerId } from "../state/stripe.js";
import type { VydonAccountSeed, VydonInviteSeed, VydonSeed, VydonUserSeed } from "./seed.js";

/**
 * Adds a checked seed to the server's state.
 *
 * @throws Error with the path to a value that contradicts another part of the seed or the state. Part of the seed may have
 * been added.
 */
export function applyVydonSeed(vydon: Vydon, seed: VydonSeed, path: string): void {
  applyEach(seed.users, `${path}.users`, (user) => {
    applyUser(vydon, user);
  });
  applyEach(seed.accounts, `${path}.accounts`, (account, at) => {
    applyAccount(vydon, account, at);
  });
  applyEach(seed.workerKeys, `${path}.workerKeys`, (token) => {
    vydon.sessions.open(token, { kind: "worker_key", userId: zeroUuid }, null);
  });
}

function applyUser(vydon: Vydon, { id: givenId, token, registered = true, ...person }: VydonUserSeed): void {
  const { state, sessions } = vydon;
  const id = givenId?.toLowerCase();
  if (identityByEmail(state, person.email) !== undefined)
    throw new Error(`there is a user ${person.email} already`);
  if (id !== undefined && state.users.has(id)) throw new Error(`there is a user ${id} already`);
  const identity = findOrCreatePerson(vydon, { ...person, userId: id });
  if (registered) findOrCreateUser(state, callerOf(identity));
  if (token !== undefined) sessions.open(token, callerOf(identity), null);
}

function applyAccount(vydon: Vydon, seed: VydonAccountSeed, path: string): void {
  const { state, clock, ids, modes } = vydon;
  const { name, type = "team", subscription = "none" } = seed;
  const { billed = modes.cloud && type !== "personal" } = seed;
  const id = seed.id?.toLowerCase();
  if (id !== undefined && state.accounts.has(id)) throw new Error(`there is an account ${id} already`);
  if (type === "personal" && subscription !== "none") {
    throw new Error(`${path}.subscription is "${subscription}", but a personal account has none`);
  }
  if (type === "personal" && billed) {
    throw new Error(`${path}.billed is true, but a personal account cannot be a billing customer`);
  }
  const account = addAccount(vydon, {
    id,
    name,
    type,
    createdAt: seed.createdAt === undefined ? clock.now() : toInstant(seed.createdAt),
    stripeCustomerId: billed ? newCustomerId(ids) : null,
    subscription,
  });
  applyEach(seed.members, `${path}.members`, ({ email, role = "admin" }) => {
    const userId = findOrCreateUser(state, callerOf(findOrCreatePerson(vydon, { email })));
    if (membershipOf(state, account.id, userId)) throw new Error(`${email} is a member already`);
    addMember(state, account.id, userId, role);
  });
  applyEach(seed.invites, `${path}.invites`, (invite) => {
    applyInvite(vydon, account, invite);
  });
  applyEach(seed.apiKeys, `${path}.apiKeys`, ({ name, token, expiresIn }) => {
    if (name !== undefined && hasKeyNamed(state, account.id, name)) throw new Error(`name ${name} is taken`);
    const expiresAt = expiresIn === undefined ? null : timeAfter(clock.now(), expiresIn);
    addApiKey(vydon, { accountId: account.id, name, token, expiresAt });
  });
}

function applyInvite(vydon: Vydon, account: VydonAccountRow, seed: VydonInviteSeed): void {
  const { state, clock } = vydon;
  const { email, role = null, token, from, expiresIn } = seed;
  if (account.type === "personal") throw new Error("a personal account has no invites");
  const [first] = state.members.by("account", account.id);
  const senderUserId = from === undefined ? first?.userId : identityByEmail(state, from)?.userId;
  if (senderUserId === undefined)
    throw new Error(
      `there is no sender: ${from === undefined ? "the account has no members" : `${from} is not a user`}`,
    );
  if (token !== undefined && state.invites.by("token", token).length > 0)
    throw new Error(`token ${token} is taken`);
  const expiresAt = expiresIn === undefined ? undefined : timeAfter(clock.now(), expiresIn);
  addInvite(vydon, { accountId: account.id, senderUserId, email, role, token, expiresAt });
}
