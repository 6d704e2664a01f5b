import { describe } from "vitest";
import { famAccounts } from "./fam/accounts.js";
import { famBilling } from "./fam/billing.js";
import { famEveryCall } from "./fam/every-call.js";
import { famInvites } from "./fam/invites.js";
import { famMembers } from "./fam/members.js";
import { faults } from "./faults.js";
import { health } from "./health.js";
import { onaAccounts } from "./ona/accounts.js";
import { onaEveryCall } from "./ona/every-call.js";
import { onaLogins } from "./ona/logins.js";
import { onaPages } from "./ona/pages.js";
import { accounts } from "./vydon/accounts.js";
import { billing } from "./vydon/billing.js";
import { everyCall } from "./vydon/every-call.js";
import { invites } from "./vydon/invites.js";
import { members } from "./vydon/members.js";
import { permissions } from "./vydon/permissions.js";
import { system } from "./vydon/system.js";
import { users } from "./vydon/users.js";
import { wireFaults } from "./wire-faults.js";
import type { TestedTransport } from "./world.js";

const suites = {
  vydon: [everyCall, users, accounts, members, invites, permissions, billing, system],
  ona: [onaEveryCall, onaAccounts, onaLogins, onaPages],
  fam: [famEveryCall, famAccounts, famMembers, famInvites, famBilling],
};

/** All that a mock server promises, through one transport. */
export function contract(tested: TestedTransport): void {
  const { name, apis = ["vydon", "ona", "fam"] } = tested;
  describe(`through ${name}`, () => {
    for (const api of apis) for (const suite of suites[api]) suite(tested);
    for (const suite of [faults, wireFaults, health]) suite(tested);
  });
}
