import { apis, type MockApi, type MockApiOptions, type MockControls, type MockSeed } from "../../apis.js";
import type { MockServer } from "../../mock-server.js";

/** What the text depends on. */
interface WelcomeOptions {
  readonly apis: readonly MockApi[];
  readonly options: MockApiOptions;
  /** The seed of the command line. */
  readonly seed: MockSeed;
  readonly url: string;
  readonly admin: boolean;
}

/** The text of `tenantry mock` when it is ready: the URL, and for each API a token and a call to try. */
export function welcome(
  server: MockServer,
  { apis: served, options, seed, url, admin }: WelcomeOptions,
): string {
  const parts = [
    `tenantry mock listens at ${url}\n(Connect, gRPC and gRPC-Web; stop it with Ctrl+C)\n`,
    ...served.map((name) => sample(server, name, options[name], seed[name], url)),
  ];
  if (admin) parts.push(`To drive it from a test: ${url}/tenantry.mock.v1.AdminService\n`);
  return `${parts.join("\n")}\n`;
}

function sample<Name extends MockApi>(
  controls: MockControls,
  name: Name,
  options: MockApiOptions[Name],
  seed: MockSeed[Name],
  url: string,
): string {
  const { title, method, signIn } = apis[name].sample;
  const { email, token } = signIn(controls[name], seed, "ada@example.com");
  return `${title(options)}: a token to try, of ${email}
${token}
curl ${url}/${method.parent.typeName}/${method.name} -H 'content-type: application/json' -d '{}' -H 'authorization: Bearer ${token}'
`;
}
