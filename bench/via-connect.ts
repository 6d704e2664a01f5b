import { create } from "@bufbuild/protobuf";
import { createRouterTransport, type Transport } from "@connectrpc/connect";
import { AccountService } from "../gen/gitpod/v1/account_pb.js";
import { UserAccountService } from "../gen/mgmt/v1alpha1/user_account_pb.js";
import { viaConnect } from "../src/connect/index.js";
import { OnaClient, VydonClient } from "../src/index.js";
import { compare } from "./harness.js";
import type { Bench, Table } from "./support/bench.js";
import { cannedAddress, messages } from "./support/canned.js";
import {
  auth,
  bare,
  bareAhead,
  bareOna,
  bareVydon,
  boundedBare,
  bounds,
  ours,
  webTransport,
} from "./support/clients.js";

/** A client with a Connect transport beside Connect's own client. */
export const bench: Bench = {
  name: "via-connect",
  title: "Through a Connect transport",
  about:
    "The small read and the list of members through `viaConnect`, beside Connect's own client on the same transport: connect-web's " +
    "in the binary format with responses from memory, and a router in the same process (client and server together).",
  ahead: bareAhead,
  async run() {
    const web = webTransport(cannedAddress, true);
    const router = inProcess();
    return [
      await smallRead("small read, connect-web, binary", web),
      await smallRead("small read, router", router),
      await longList("1,000 members, connect-web, binary", web),
      await longList("1,000 members, router", router),
    ];
  },
};

const headers = { authorization: `Bearer ${auth}` };

async function smallRead(title: string, transport: Transport): Promise<Table> {
  const theirs = bareOna(transport);
  const client = new OnaClient({ transport: viaConnect(transport, AccountService), auth });
  const costs = await compare([
    { name: boundedBare, run: () => theirs.getAccount({}, { headers, ...bounds() }) },
    { name: bare, run: () => theirs.getAccount({}, { headers }) },
    { name: ours, run: () => client.accounts.get() },
  ]);
  return { title, unit: "µs CPU", costs, goals: [{ of: ours, over: boundedBare, atMost: 1.3 }] };
}

async function longList(title: string, transport: Transport): Promise<Table> {
  const theirs = bareVydon(transport);
  const client = new VydonClient({ transport: viaConnect(transport, UserAccountService), auth });
  const accountId = "a";
  const costs = await compare(
    [
      { name: boundedBare, run: () => theirs.getTeamAccountMembers({ accountId }, { headers, ...bounds() }) },
      { name: bare, run: () => theirs.getTeamAccountMembers({ accountId }, { headers }) },
      { name: ours, run: () => client.members.list(accountId) },
    ],
    { rounds: 150, blockMs: 6 },
  );
  return { title, unit: "µs CPU", costs, goals: [{ of: ours, over: boundedBare, atMost: 2 }] };
}

function inProcess(): Transport {
  const { getAccount } = AccountService.method;
  const { getTeamAccountMembers } = UserAccountService.method;
  return createRouterTransport(({ rpc }) => {
    rpc(getAccount, () => create(getAccount.output, messages.account));
    rpc(getTeamAccountMembers, () => create(getTeamAccountMembers.output, messages.members));
  });
}
