import { readFile } from "node:fs/promises";
import { createMockServer, type MockSeed, type MockServer } from "../server.js";
import { type MockArguments, readArguments, UsageError, usage } from "./arguments.js";
import { listen } from "./listen.js";

/** Where the command writes, and what ends it. */
export interface CommandContext {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Ends the command when it aborts. */
  readonly signal: AbortSignal;
}

/** Runs `tenantry …`; answers its exit code: 0, 1 where something failed, 2 where it was called wrongly. */
export async function runCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  try {
    const args = readArguments(argv);
    if (args.help) context.out(usage);
    else await runMock(args, context);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof UsageError) {
      context.err(`tenantry: ${message}\n\nSee tenantry --help.\n`);
      return 2;
    }
    context.err(`tenantry: ${message}\n`);
    return 1;
  }
}

async function runMock(args: MockArguments, { out, signal }: CommandContext): Promise<void> {
  const { cloud, rbac, lenient } = args;
  const server = createMockServer({ now: new Date(), lenient, vydon: { cloud, rbac } });
  const seed = args.seed === undefined ? {} : await plantFile(server, args.seed);
  // Whoever calls from outside lives in real time.
  server.clock.run();
  const listener = await listen(server, args);
  out(welcome(server, seed, listener.url, args));
  await aborted(signal);
  await listener.close();
  server.clock.freeze();
}

async function plantFile(server: MockServer, file: string): Promise<MockSeed> {
  try {
    const seed: MockSeed = JSON.parse(await readFile(file, "utf8"));
    server.seed(seed);
    return seed;
  } catch (error) {
    throw new Error(`cannot use the seed file ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function welcome(server: MockServer, seed: MockSeed, url: string, { cloud, rbac }: MockArguments): string {
  const { users = [], accounts = [] } = seed.vydon ?? {};
  const email = users[0]?.email ?? accounts[0]?.members?.[0]?.email ?? "ada@example.com";
  const { token } = server.vydon.signIn({ email, registered: users[0]?.registered ?? true });
  const { accounts: onaAccounts = [], organizations = [] } = seed.ona ?? {};
  const onaEmail = onaAccounts[0]?.email ?? organizations[0]?.members?.[0]?.email ?? email;
  const ona = server.ona.signIn({ email: onaEmail });
  return `tenantry mock listens at ${url}
(Vydon, ${cloud ? "cloud" : "self-hosted"}, RBAC ${rbac ? "on" : "off"}; Ona; Connect, gRPC and gRPC-Web; stop it with Ctrl+C)

A token to try, of ${email}:
${token}

curl ${url}/mgmt.v1alpha1.UserAccountService/GetUser -H 'content-type: application/json' -d '{}' -H 'authorization: Bearer ${token}'

A token for Ona, of ${onaEmail}:
${ona.token}
`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
