import { plantEach } from "../../engine/state/apply-seed.js";
import { Sessions } from "../../engine/state/sessions.js";
import { toMs } from "../../engine/time/duration.js";
import { toInstant } from "../../engine/time/instant.js";
import { addCard } from "../billing.js";
import { enroll } from "../state/find-or-create.js";
import {
  type AccountRow,
  addAccount,
  addInvite,
  addMember,
  type Fam,
  membership,
  userBy,
} from "../state/state.js";
import type { FamAccountSeed, FamInviteSeed, FamSeed, FamUserSeed } from "./seed.js";

/**
 * Adds what a seed says, which must have been checked, to what is there.
 *
 * @throws Error with the path to what contradicts itself or what is there; part of it may then have been added.
 */
export function plant(fam: Fam, seed: FamSeed, path: string): void {
  plantEach(seed.users, `${path}.users`, (user) => {
    plantUser(fam, user);
  });
  plantEach(seed.accounts, `${path}.accounts`, (account, at) => {
    plantAccount(fam, account, [], at);
  });
}

function plantUser(fam: Fam, { token, ...person }: FamUserSeed): void {
  const { state, clock } = fam;
  if (userBy(state, person.email) !== undefined) throw new Error(`${person.email} is there already`);
  if (person.id !== undefined && state.users.has(person.id)) {
    throw new Error(`there is a user ${person.id} already`);
  }
  const { id } = enroll(fam, person);
  if (token === undefined) return;
  if (state.sessions.has(token)) throw new Error(`token ${token} is taken`);
  new Sessions(state.sessions, clock).open(token, { kind: "user", userId: id }, null);
}

function plantAccount(fam: Fam, seed: FamAccountSeed, hierarchy: readonly string[], path: string): void {
  const { state, clock } = fam;
  const { id, name, type = "ad_account", status = "unverified" } = seed;
  if (id !== undefined && state.accounts.has(id)) {
    throw new Error(`${path}: there is an account ${id} already`);
  }
  const createdAt = seed.createdAt === undefined ? clock.now() : toInstant(seed.createdAt);
  const account = addAccount(fam, {
    ...(id !== undefined && { id }),
    name,
    type,
    status,
    createdAt,
    hierarchy,
  });
  plantEach(seed.members, `${path}.members`, ({ email, relations = ["owner"] }) => {
    const userId = enroll(fam, { email }).id;
    if (relations.length === 0) throw new Error("a member has one relation or more");
    if (membership(state, account.id, userId)) throw new Error(`${email} is a member already`);
    addMember(fam, { accountId: account.id, userId, relations, createdAt });
  });
  plantEach(seed.invites, `${path}.invites`, (invite) => {
    plantInvite(fam, account, invite);
  });
  const [configuration] = state.paymentConfigurations.by("account", account.id);
  for (const card of seed.cards ?? []) addCard(fam, configuration?.id ?? "", card);
  plantEach(seed.accounts, `${path}.accounts`, (below, at) => {
    plantAccount(fam, below, account.hierarchy, at);
  });
}

function plantInvite(fam: Fam, account: AccountRow, seed: FamInviteSeed): void {
  const { state, clock } = fam;
  const { email, relations = ["member"], token, from, expiresIn } = seed;
  const [first] = state.members.by("account", account.id);
  const inviterUserId = from === undefined ? first?.userId : userBy(state, from)?.id;
  if (inviterUserId === undefined) {
    throw new Error(`nobody can have sent it: ${from ?? "the account has no members"}`);
  }
  if (relations.length === 0) throw new Error("an invitation has one relation or more");
  if (token !== undefined && state.invites.by("token", token).length > 0) {
    throw new Error(`token ${token} is taken`);
  }
  addInvite(fam, {
    accountId: account.id,
    email,
    relations,
    inviterUserId,
    ...(token !== undefined && { token }),
    ...(expiresIn !== undefined && { expiresAt: clock.now() + toMs(expiresIn) }),
  });
}
