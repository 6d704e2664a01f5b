import { isIPv6 } from "node:net";
import { apiNames, type MockApi } from "../../apis.js";
import { didYouMean } from "../../engine/did-you-mean.js";
import { toMs } from "../../engine/time/duration.js";
import type { VydonModes } from "../../vydon/options.js";
import { isLoopback } from "../is-loopback.js";
import { checkProxy } from "./check-proxy.js";
import { parseOptions, readSwitch, switchFlags, UsageError } from "./parse-options.js";
import { flavorOption, readVydonOptions, vydonSwitches } from "./vydon-options.js";

/** The arguments of the command. */
export interface MockArguments {
  readonly help: boolean;
  readonly version: boolean;
  readonly port: number;
  readonly host: string;
  /** Other names of the server, in addition to `host` and the names of this machine. */
  readonly allowedHosts: readonly string[];
  readonly apis: readonly MockApi[];
  /** A file of JSON. */
  readonly seed: string | undefined;
  /** A file of JSON. */
  readonly faults: string | undefined;
  /** A file to write. */
  readonly record: string | undefined;
  /** The base URL of a real server, to pass calls on to. */
  readonly proxy: string | undefined;
  /** Whether `record` may be a file that is not empty. Its content is then deleted. */
  readonly force: boolean;
  /** Whether the proxy may send tokens over plain HTTP to another machine. */
  readonly allowInsecureAuth: boolean;
  /** The kind of Vydon. */
  readonly vydon: VydonModes;
  /** Whether responses have an `x-request-id`. */
  readonly requestIds: boolean;
  /** The latency of every response. */
  readonly latencyMs: number;
  readonly admin: boolean;
  readonly lenient: boolean;
  readonly quiet: boolean;
}

const values = [
  "port",
  "host",
  "allowed-hosts",
  "api",
  "seed",
  "latency",
  "faults",
  "record",
  "proxy",
  flavorOption,
];
const switches = [...vydonSwitches, "admin"];
const flags = [
  ...switchFlags(switches),
  "request-ids",
  "lenient",
  "quiet",
  "version",
  "force",
  "allow-insecure-auth",
  "help",
];
const aliases: Readonly<Record<string, string>> = { p: "port", h: "help" };

/** Reads the command's arguments. @throws UsageError for an argument that is unknown or wrong. */
export function readArguments(argv: readonly string[]): MockArguments {
  const { given, positionals } = parseOptions(argv, { values, flags, aliases });
  const help = given.has("help");
  const version = given.has("version");
  const host = given.get("host") ?? "127.0.0.1";
  checkCommand(positionals, help || version);
  checkProxy(given);
  return {
    help,
    version,
    port: readPort(given.get("port") ?? "4010"),
    host,
    allowedHosts: readHosts(given.get("allowed-hosts")),
    apis: readApis(given.get("api")),
    seed: given.get("seed"),
    faults: given.get("faults"),
    record: given.get("record"),
    proxy: given.get("proxy"),
    force: given.has("force"),
    allowInsecureAuth: given.has("allow-insecure-auth"),
    vydon: readVydonOptions(given),
    latencyMs: readLatency(given.get("latency") ?? "0"),
    admin: readSwitch(given, "admin", isLoopback(host)),
    requestIds: given.has("request-ids"),
    lenient: given.has("lenient"),
    quiet: given.has("quiet"),
  };
}

function checkCommand([command, ...others]: readonly string[], isOptional: boolean): void {
  if (command === undefined && isOptional) return;
  if (command === undefined)
    throw new UsageError("the command is missing: tenantry mock, or tenantry verify RECORDING");
  if (command !== "mock") throw new UsageError(`there is no command "${command}", only "mock" and "verify"`);
  if (others.length > 0)
    throw new UsageError(`"${others.join(" ")}" is not an option: options begin with --`);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--port ${text} is not a port: give a number from 0 to 65535`);
  }
  return port;
}

function readApis(text: string | undefined): readonly MockApi[] {
  if (text === undefined) return apiNames;
  const names = readNames(text);
  const unknown = names.find((name) => !apiNames.some((api) => api === name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, apiNames) || `the APIs are ${apiNames.join(", ")}`;
    throw new UsageError(`--api ${text}: there is no API "${unknown}"; ${hint}`);
  }
  return apiNames.filter((api) => names.includes(api));
}

/** @throws UsageError if a name is not the name of a host, for example because it has a port. */
function readHosts(text: string | undefined): readonly string[] {
  const names = text === undefined ? [] : readNames(text);
  const wrong = names.find((name) => !/^[\w.-]+$/.test(name) && !isIPv6(name.replace(/^\[(.*)\]$/, "$1")));
  if (wrong === undefined) return names;
  throw new UsageError(
    `--allowed-hosts ${text}: "${wrong}" is not the name of a host, such as mock or 192.168.1.5`,
  );
}

function readNames(text: string): readonly string[] {
  return text.split(",").map((name) => name.trim());
}

function readLatency(text: string): number {
  try {
    return toMs(/^[\d.]+$/.test(text) ? Number(text) : text);
  } catch {
    throw new UsageError(
      `--latency ${text} is not a duration: give milliseconds, such as 200, or a duration such as 1.5s`,
    );
  }
}
