import type { MockServer } from "../../mock-server.js";
import type { MockApi, MockSeed } from "../../options.js";
import type { MockArguments } from "./arguments.js";

/** What `tenantry mock` says when it is ready: where it listens, and for each API a token and a call to try. */
export function welcome(server: MockServer, seed: MockSeed, url: string, args: MockArguments): string {
  const { cloud, rbac, admin } = args;
  const vydonName = `Vydon, ${cloud ? "cloud" : "self-hosted"}, RBAC ${rbac ? "on" : "off"}`;
  const texts: Readonly<Record<MockApi, () => string>> = {
    vydon: () => token(vydonName, vydon(server, seed), `${url}/mgmt.v1alpha1.UserAccountService/GetUser`),
    ona: () => token("Ona", ona(server, seed), `${url}/gitpod.v1.AccountService/GetAccount`),
    fam: () =>
      token("Fetch Ads Manager", fam(server, seed), `${url}/fam.v1.AccountService/ListMyPermissions`),
  };
  const parts = [
    `tenantry mock listens at ${url}\n(Connect, gRPC and gRPC-Web; stop it with Ctrl+C)\n`,
    ...args.apis.map((api) => texts[api]()),
  ];
  if (admin) parts.push(`To drive it from a test: ${url}/tenantry.mock.v1.AdminService\n`);
  return `${parts.join("\n")}\n`;
}

interface Somebody {
  readonly email: string;
  readonly token: string;
}

function token(api: string, { email, token }: Somebody, method: string): string {
  return `${api}: a token to try, of ${email}
${token}
curl ${method} -H 'content-type: application/json' -d '{}' -H 'authorization: Bearer ${token}'
`;
}

function vydon(server: MockServer, { vydon: seed = {} }: MockSeed): Somebody {
  const [user] = seed.users ?? [];
  const email = user?.email ?? seed.accounts?.[0]?.members?.[0]?.email ?? anybody;
  return { email, ...server.vydon.signIn({ email, registered: user?.registered ?? true }) };
}

function ona(server: MockServer, { ona: seed = {} }: MockSeed): Somebody {
  const email = seed.accounts?.[0]?.email ?? seed.organizations?.[0]?.members?.[0]?.email ?? anybody;
  return { email, ...server.ona.signIn({ email }) };
}

function fam(server: MockServer, { fam: seed = {} }: MockSeed): Somebody {
  const email = seed.users?.[0]?.email ?? seed.accounts?.[0]?.members?.[0]?.email ?? anybody;
  return { email, ...server.fam.signIn({ email }) };
}

const anybody = "ada@example.com";
