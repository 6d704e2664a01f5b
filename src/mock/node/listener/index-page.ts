import { AdminService } from "../../../../gen/tenantry/mock/v1/admin_pb.js";
import type { MockApi } from "../../apis.js";
import type { ServedApi } from "../../served-apis.js";

/** The RPC of `AdminService` that creates a token, by API. */
const signInRpcs = { vydon: "SignInVydon", ona: "SignInOna", fam: "SignInFam" };

/** A token to try, by API. */
export type SampleTokens = Readonly<
  Partial<Record<MockApi, { readonly email: string; readonly token: string }>>
>;

/** The parts of the text. */
interface IndexOptions {
  /** The base URL of the server, or of one of its worlds. */
  readonly url: string;
  /** The origin of the listener. */
  readonly origin: string;
  readonly world: string | undefined;
  readonly apis: readonly ServedApi[];
  /** Whether the reader may control the server. */
  readonly admin: boolean;
  readonly tokens: SampleTokens;
}

/** Returns the text of `GET /`. It shows that the server runs, and how to use it. */
export function indexText({ url, origin, world, apis, admin, tokens }: IndexOptions): string {
  const title = world === undefined ? "tenantry mock" : `tenantry mock, the world "${world}"`;
  const parts = [
    `${title}: a server that behaves like the real ones, in memory.\nThe base URL of all APIs is ${url}`,
    ...apis.map(({ name, paths }) => {
      const services = new Set(paths.map((path) => `  ${url}${path.slice(0, path.lastIndexOf("/") + 1)}`));
      return `${name}\n${[...services].join("\n")}`;
    }),
  ];
  if (admin) {
    // A server may have no API at all.
    if (apis.length > 0) parts.push(howToTry(url, apis, tokens));
    parts.push(howToMakeWorlds(url, origin));
    parts.push(`To see its calls, tables and clock in a browser\n  ${url}/_/`);
  }
  return `${parts.join("\n\n")}\n`;
}

function howToTry(url: string, apis: readonly ServedApi[], tokens: SampleTokens): string {
  const lines = apis.flatMap(({ name }) => {
    const sample = tokens[name];
    return sample === undefined ? [] : [`  ${name}, ${sample.email}: ${sample.token}`];
  });
  const [first] = apis.map(({ name }) => signInRpcs[name]);
  const signIn = `  curl ${url}/${AdminService.typeName}/${first} -H 'content-type: application/json' -d '{"email": "ada@example.com"}'`;
  return lines.length > 0
    ? `Tokens\n${lines.join("\n")}\n\nTo create another token\n${signIn}`
    : `To create a token\n${signIn}`;
}

function howToMakeWorlds(url: string, origin: string): string {
  return `To create a world, an isolated copy, for a test
  curl ${origin}/worlds -d '{"name": "checkout-7"}'
  Its base URL is then ${origin}/w/checkout-7

To control the server from a test
  ${url}/${AdminService.typeName}/`;
}
