import { createClient } from "@connectrpc/connect";
import { createMockServer, type MockServer, type MockSnapshot, type VydonSession } from "tenantry/mock";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { withToken } from "../contract/world.js";

/** Vydon's raw client, with the token of a session. */
export function as(server: MockServer, { token }: Pick<VydonSession, "token">) {
  return createClient(UserAccountService, withToken(server.transport(), token));
}

/** Returns the names of the accounts that the caller is in. */
export async function teamsOf(server: MockServer, session: Pick<VydonSession, "token">): Promise<string[]> {
  return (await as(server, session).getUserAccounts({})).accounts.map(({ name }) => name);
}

/** The token of Ada, which the seed contains. */
export const ada = { token: "ada" };

/** A server with Ada's team, and something in each API. */
export function seeded(options = {}): MockServer {
  const server = createMockServer(options);
  server.seed({
    vydon: {
      users: [{ email: "ada@example.com", token: "ada" }],
      accounts: [
        {
          name: "acme",
          members: [{ email: "ada@example.com" }, { email: "grace@example.com", role: "job_viewer" }],
          invites: [{ email: "barbara@example.com", token: "welcome" }],
          apiKeys: [{ token: "key", expiresIn: "1h" }],
        },
      ],
      workerKeys: ["worker"],
    },
    ona: {
      accounts: [{ email: "ada@example.com", token: "ada" }],
      organizations: [{ name: "Acme", domain: "example.com", members: [{ email: "grace@example.com" }] }],
      sso: [{ domain: "example.com" }],
      providers: [{ provider: "github" }],
    },
    fam: {
      users: [{ email: "ada@example.com", token: "ada" }],
      accounts: [
        { name: "acme", members: [{ email: "ada@example.com" }], invites: [{ email: "b@example.com" }] },
      ],
    },
  });
  return server;
}

type Row = Readonly<Record<string, unknown>>;

/** Changes a row, or returns undefined to leave it out. */
export type Change = (row: Row, index: number) => object | undefined;

/** Returns a snapshot in which the rows of a table are changed, as JSON has it. */
export function withRows(
  { apis, ...rest }: MockSnapshot,
  api: string,
  table: string,
  change: Change,
): MockSnapshot {
  const rows = (apis[api]?.[table] ?? []).flatMap((row, index) => change({ ...row }, index) ?? []);
  return JSON.parse(JSON.stringify({ ...rest, apis: { ...apis, [api]: { ...apis[api], [table]: rows } } }));
}

/** Changes fields of the row at `index`. */
export function at(index: number, fields: object): Change {
  return (row, each) => (each === index ? { ...row, ...fields } : row);
}
