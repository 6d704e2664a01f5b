import { AdminService } from "../../../../gen/tenantry/mock/v1/admin_pb.js";
import { apiNames, apis, type MockApi } from "../../apis.js";

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
  /** Whether the reader may control the server. */
  readonly admin: boolean;
  readonly tokens: SampleTokens;
}

/** Returns the text of `GET /`. It shows that the server runs, and how to use it. */
export function indexText({ url, origin, world, admin, tokens }: IndexOptions): string {
  const title = world === undefined ? "tenantry mock" : `tenantry mock, the world "${world}"`;
  const parts = [
    `${title}: a server that behaves like the real ones, in memory.\nThe base URL of all APIs is ${url}`,
    ...apiNames.map((name) => {
      const services = apis[name].services.map(({ typeName }) => `  ${url}/${typeName}/`);
      return `${name}\n${services.join("\n")}`;
    }),
  ];
  if (admin) {
    parts.push(howToTry(url, tokens), howToMakeWorlds(url, origin));
    parts.push(`To see its calls, tables and clock in a browser\n  ${url}/_/`);
  }
  return `${parts.join("\n\n")}\n`;
}

function howToTry(url: string, tokens: SampleTokens): string {
  const lines = apiNames.flatMap((name) => {
    const sample = tokens[name];
    return sample === undefined ? [] : [`  ${name}, ${sample.email}: ${sample.token}`];
  });
  const signIn = `  curl ${url}/${AdminService.typeName}/SignInVydon -H 'content-type: application/json' -d '{"email": "ada@example.com"}'`;
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
