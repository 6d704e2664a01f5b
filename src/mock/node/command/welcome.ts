import { apis, type MockApi, type MockApiOptions, type MockControls, type MockSeed } from "../../apis.js";
import type { SampleTokens } from "../listener/index-page.js";

/** The parts of the text. */
interface WelcomeOptions {
  readonly apis: readonly MockApi[];
  readonly options: MockApiOptions;
  readonly tokens: SampleTokens;
  readonly url: string;
  readonly admin: boolean;
}

/**
 * Returns the text that `tenantry mock` prints when it is ready: the URL, and a token and a call to try for each API.
 */
export function welcome({ apis: served, options, tokens, url, admin }: WelcomeOptions): string {
  const parts = [
    `tenantry mock listens at ${url}\n(Connect, gRPC and gRPC-Web; stop it with Ctrl+C)\n`,
    ...served.flatMap((name) => sample(name, options[name], tokens[name], url)),
  ];
  if (admin) {
    parts.push(
      `To see its calls, tables and clock, open ${url}/_/ in a browser\n`,
      `To control it from a test: ${url}/tenantry.mock.v1.AdminService\nTo create a world for a test: curl ${url}/worlds -d '{"name": "checkout-7"}'\n`,
    );
  }
  return `${parts.join("\n")}\n`;
}

/** Signs in a person of the seed to each API. */
export function sampleTokens(
  controls: MockControls,
  served: readonly MockApi[],
  seed: MockSeed,
): SampleTokens {
  return Object.fromEntries(served.map((name) => [name, signIn(controls, name, seed[name])]));
}

function signIn<Name extends MockApi>(controls: MockControls, name: Name, seed: MockSeed[Name]) {
  const { email, token } = apis[name].sample.signIn(controls[name], seed, "ada@example.com");
  return { email, token };
}

function sample<Name extends MockApi>(
  name: Name,
  options: MockApiOptions[Name],
  session: SampleTokens[MockApi],
  url: string,
): string[] {
  if (session === undefined) return [];
  const { title, method } = apis[name].sample;
  const { email, token } = session;
  return [
    `${title(options)}: a token of ${email}
${token}
curl ${url}/${method.parent.typeName}/${method.name} -H 'content-type: application/json' -d '{}' -H 'authorization: Bearer ${token}'
`,
  ];
}
