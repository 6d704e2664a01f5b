import { plantEach } from "../../engine/state/apply-seed.js";
import { Sessions } from "../../engine/state/sessions.js";
import { toMs } from "../../engine/time/duration.js";
import { toInstant } from "../../engine/time/instant.js";
import { nobody } from "../access/access.js";
import { inviteLifeMs } from "../invites.js";
import { callerOf, enroll, identify, newKeyHolder } from "../state/find-or-create.js";
import {
  type AccountRow,
  addAccount,
  addMember,
  memberId,
  type Vydon,
  type VydonHolder,
} from "../state/state.js";
import { newCustomerId } from "../state/stripe.js";
import { newApiKey } from "../state/tokens.js";
import type { AccountSeed, InviteSeed, UserSeed, VydonSeed } from "./seed.js";

/**
 * Adds what a seed says, which must have been checked, to what is there.
 *
 * @throws Error with the path to what contradicts itself or what is there; part of it may then have been added.
 */
export function plant(vydon: Vydon, seed: VydonSeed, path: string): void {
  plantEach(seed.users, `${path}.users`, (user) => {
    plantUser(vydon, user);
  });
  plantEach(seed.accounts, `${path}.accounts`, (account, at) => {
    plantAccount(vydon, account, at);
  });
  plantEach(seed.workerKeys, `${path}.workerKeys`, (token) => {
    open(vydon, token, { kind: "worker_key", userId: nobody }, null);
  });
}

function plantUser(vydon: Vydon, { id: givenId, token, registered = true, ...person }: UserSeed): void {
  const { state } = vydon;
  const id = givenId?.toLowerCase();
  if (state.identities.by("email", person.email).length > 0)
    throw new Error(`${person.email} is there already`);
  if (id !== undefined && state.users.has(id)) throw new Error(`there is a user ${id} already`);
  const identity = identify(vydon, id === undefined ? person : { ...person, userId: id });
  if (registered) enroll(vydon, identity);
  if (token !== undefined) open(vydon, token, callerOf(identity), null);
}

function plantAccount(vydon: Vydon, seed: AccountSeed, path: string): void {
  const { state, clock, ids } = vydon;
  const { name, type = "team", subscription = "none", usedRecords = 0, allowedRecords = null } = seed;
  const { billed = vydon.modes.cloud && type !== "personal" } = seed;
  const id = seed.id?.toLowerCase();
  if (id !== undefined && state.accounts.has(id))
    throw new Error(`${path}: there is an account ${id} already`);
  if (type === "personal" && subscription !== "none") {
    throw new Error(`${path}.subscription is "${subscription}", but a personal account has none`);
  }
  const account = addAccount(vydon, {
    ...(id !== undefined && { id }),
    name,
    type,
    createdAt: seed.createdAt === undefined ? clock.now() : toInstant(seed.createdAt),
    stripeCustomerId: billed ? newCustomerId(ids) : null,
    subscription,
    usedRecords,
    allowedRecords,
  });
  plantEach(seed.members, `${path}.members`, ({ email, role = "admin" }) => {
    const userId = enroll(vydon, identify(vydon, { email }));
    if (state.members.has(memberId(account.id, userId))) throw new Error(`${email} is a member already`);
    addMember(state, account.id, userId, role);
  });
  plantEach(seed.invites, `${path}.invites`, (invite) => {
    plantInvite(vydon, account, invite);
  });
  plantEach(seed.apiKeys, `${path}.apiKeys`, ({ token = newApiKey(ids), expiresIn }) => {
    const expiresAt = expiresIn === undefined ? null : clock.now() + toMs(expiresIn);
    open(vydon, token, newKeyHolder(vydon, account.id), expiresAt);
  });
}

function plantInvite(
  vydon: Vydon,
  account: AccountRow,
  { email, role, token, from, expiresIn }: InviteSeed,
): void {
  const { state, clock, ids } = vydon;
  if (account.type === "personal") throw new Error("a personal account has no invites");
  const [first] = state.members.by("account", account.id);
  const senderUserId = from === undefined ? first?.userId : state.identities.by("email", from)[0]?.userId;
  if (senderUserId === undefined)
    throw new Error(`nobody can have sent it: ${from ?? "the account has no members"}`);
  if (token !== undefined && state.invites.by("token", token).length > 0)
    throw new Error(`token ${token} is taken`);
  const now = clock.now();
  state.invites.insert({
    id: ids.uuid(),
    accountId: account.id,
    senderUserId,
    email,
    token: token ?? ids.uuid(),
    accepted: false,
    role: role ?? null,
    createdAt: now,
    updatedAt: now,
    expiresAt: now + (expiresIn === undefined ? inviteLifeMs : toMs(expiresIn)),
  });
}

function open({ state, clock }: Vydon, token: string, caller: VydonHolder, expiresAt: number | null): void {
  if (state.sessions.has(token)) throw new Error(`token ${token} is taken`);
  new Sessions(state.sessions, clock).open(token, caller, expiresAt);
}
