/**
 * Writes `docs/fidelity.md`: for each RPC, whether the mock implements it, how many recorded calls it passes, and where its
 * behaviour comes from. The known differences follow. The script replays the recordings.
 *
 * With `--check`, fails if the page is out of date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { type ConnectRouter, createConnectRouter } from "@connectrpc/connect";
import { createMockServer } from "../src/mock/index.js";
import { knownDifferences, unrecordedDifferences } from "../test/recordings/known-differences.js";
import { isLever, readRecording, recordingNames } from "../test/recordings/read-recording.js";
import { type ReplayedCall, replay } from "../test/recordings/replay.js";
import { knownDifferences as wireDifferences } from "../test/recordings/wire/known-differences.js";
import { apis, type Rpc } from "./fidelity/origins.js";

const page = "docs/fidelity.md";

const recordings = recordingNames().map(readRecording);
const replays = await Promise.all(
  recordings.map(async (recording) => {
    const { name, steps } = recording;
    const recorded = steps.filter((step) => !isLever(step)).length;
    return { name, recorded, calls: await replay(recording) };
  }),
);
const calls = replays.flatMap(({ calls }) => calls);
const implemented = implementedMethods();
const text = `${sections().join("\n\n")}\n`;

if (!process.argv.includes("--check")) writeFileSync(page, text);
else if (readFileSync(page, "utf8") !== text) {
  console.error(`${page} is out of date: run \`npm run fidelity\` and commit what changes.`);
  process.exitCode = 1;
}

/** Returns all methods that a mock server implements, as `package.Service/Method`. */
function implementedMethods(): Set<string> {
  const router: ConnectRouter = createConnectRouter();
  createMockServer().routes(router);
  return new Set(router.handlers.map(({ method }) => `${method.parent.typeName}/${method.name}`));
}

function sections(): string[] {
  return [
    "<!-- Written by `npm run fidelity`. Do not edit. -->",
    "# How faithful the mock is",
    "This page shows how far the mock server behaves as the real servers do. It is written by a script that replays the recordings, and `npm run check` fails if it is out of date.",
    [
      "- **recorded**: a real server was built from the vendor's public source and recorded. The mock is tested against the recording, call by call.",
      "- **documented**: the behaviour follows the vendor's documentation. It was never compared with a real server.",
      "- **proposed**: the vendor does not document it. We chose the behaviour.",
    ].join("\n"),
    "The servers of Vydon and of Neosync, from which Vydon was forked, are public. No server of Ona or of Fetch Ads Manager can be recorded.",
    "## Recordings",
    table(
      ["recording", "calls", "the same response", "a known difference", "not replayed"],
      replays.map(({ name, recorded, calls }) => {
        const different = calls.filter(({ differences }) => differences.length > 0).length;
        const counts = [recorded, calls.length - different, different, recorded - calls.length];
        return [`\`${name}\``, ...counts.map(String)];
      }),
    ),
    "Two kinds of calls are not replayed: calls of services that the mock does not have, and calls whose response comes from the recordings' identity provider, which was a test server. For these responses, the types of the fields and the form of the URL are compared.",
    "The recorded server is Neosync's. `scenario-selfhosted-norbac-vydonlibs` runs it with the library versions of Vydon. The recordings `wire-*`, of raw HTTP requests and responses, are replayed as well.",
    "## RPCs",
    ...apis.flatMap(({ title, note, rpcs }) => [
      `### ${title}`,
      ...(note === undefined ? [] : [note]),
      table(["RPC", "in the mock", "recorded calls passed", "behaviour"], rpcs.map(row)),
    ]),
    "## Known differences",
    "In calls that were recorded:",
    list(knownDifferences),
    "On the wire, in recorded exchanges:",
    wireDifferences
      .map(
        ({ reason, probes }) =>
          `- ${reason} (${probes.length === 1 ? "1 exchange" : `${probes.length} exchanges`})`,
      )
      .join("\n"),
    "What no recording can show:",
    list(unrecordedDifferences),
  ];
}

function row({ service, method, origin, note = "" }: Rpc): string[] {
  const own = calls.filter(({ call }) => isOf(call, service, method));
  const passed = own.filter(({ differences }) => differences.length === 0).length;
  const isImplemented = implemented.has(`${service}/${method}`);
  const isRecorded = recordings.some(({ steps }) =>
    steps.some((step) => !isLever(step) && isOf(step, service, method)),
  );
  const behaviour = origin === "recorded" && !isRecorded ? "proposed" : origin;
  return [
    `\`${method}\``,
    isImplemented ? "yes" : "no",
    own.length === 0 ? "" : `${passed} of ${own.length}`,
    isImplemented ? [behaviour, note].filter((part) => part !== "").join("; ") : "",
  ];
}

function isOf(call: ReplayedCall["call"], service: string, method: string): boolean {
  return call.method === method && service === `mgmt.v1alpha1.${call.service ?? "UserAccountService"}`;
}

function list(items: readonly { what: string; why: string }[]): string {
  return items.map(({ what, why }) => `- **${what}.** ${why}`).join("\n");
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
