import { applyEach } from "../../engine/state/apply-each.js";
import { timeAfter, toInstant } from "../../engine/time/instant.js";
import { findOrCreatePerson } from "../state/find-or-create.js";
import type { FamAccountRow } from "../state/rows.js";
import {
  addAccount,
  addCard,
  addInvite,
  addMember,
  type Fam,
  membershipOf,
  userByEmail,
} from "../state/state.js";
import type { FamAccountSeed, FamInviteSeed, FamSeed, FamUserSeed } from "./seed.js";

/**
 * Adds a checked seed to the server's state. Its lists are copied, because a test may change them later.
 *
 * @throws Error with the path to a value that contradicts another part of the seed or the state. Part of the seed may have
 * been added.
 */
export function applyFamSeed(fam: Fam, seed: FamSeed, path: string): void {
  applyEach(seed.users, `${path}.users`, (user) => {
    applyUser(fam, user);
  });
  applyEach(seed.accounts, `${path}.accounts`, (account, at) => {
    applyAccount(fam, account, [], at);
  });
}

function applyUser(fam: Fam, { token, ...person }: FamUserSeed): void {
  const { state, sessions } = fam;
  if (userByEmail(state, person.email) !== undefined) {
    throw new Error(`there is a user ${person.email} already`);
  }
  if (person.id !== undefined && state.users.has(person.id)) {
    throw new Error(`there is a user ${person.id} already`);
  }
  const { rootPermissions = [] } = person;
  const { id } = findOrCreatePerson(fam, { ...person, rootPermissions: [...rootPermissions] });
  if (token !== undefined) sessions.open(token, { kind: "user", userId: id }, null);
}

function applyAccount(fam: Fam, seed: FamAccountSeed, hierarchy: readonly string[], path: string): void {
  const { state, clock } = fam;
  const { id, name, type = "ad_account", status } = seed;
  if (id !== undefined && state.accounts.has(id)) {
    throw new Error(`there is an account ${id} already`);
  }
  const createdAt = seed.createdAt === undefined ? clock.now() : toInstant(seed.createdAt);
  const account = addAccount(fam, { id, name, type, status, createdAt, hierarchy });
  applyEach(seed.members, `${path}.members`, ({ email, relations = ["owner"] }) => {
    const userId = findOrCreatePerson(fam, { email }).id;
    if (relations.length === 0) throw new Error("a member needs at least one relation");
    if (membershipOf(state, account.id, userId)) throw new Error(`${email} is a member already`);
    addMember(fam, { accountId: account.id, userId, relations: [...relations], createdAt });
  });
  applyEach(seed.invites, `${path}.invites`, (invite) => {
    applyInvite(fam, account, invite);
  });
  for (const configuration of state.paymentConfigurations.by("account", account.id)) {
    for (const card of seed.cards ?? []) addCard(fam, configuration.id, card);
  }
  applyEach(seed.accounts, `${path}.accounts`, (below, at) => {
    applyAccount(fam, below, account.hierarchy, at);
  });
}

function applyInvite(fam: Fam, account: FamAccountRow, seed: FamInviteSeed): void {
  const { state, clock } = fam;
  const { email, relations = ["member"], token, from, expiresIn } = seed;
  const [first] = state.members.by("account", account.id);
  const inviterUserId = from === undefined ? first?.userId : userByEmail(state, from)?.id;
  if (inviterUserId === undefined) {
    throw new Error(
      `there is no sender: ${from === undefined ? "the account has no members" : `${from} is not a user`}`,
    );
  }
  if (relations.length === 0) throw new Error("an invite needs at least one relation");
  if (token !== undefined && state.invites.by("token", token).length > 0) {
    throw new Error(`token ${token} is taken`);
  }
  const expiresAt = expiresIn === undefined ? undefined : timeAfter(clock.now(), expiresIn);
  const row = { accountId: account.id, email, relations: [...relations], inviterUserId, token, expiresAt };
  addInvite(fam, row);
}
