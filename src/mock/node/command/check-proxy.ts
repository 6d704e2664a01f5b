import { messageOf } from "../../engine/message-of.js";
import { readTarget } from "../recorder/target.js";
import { switchFlags, UsageError } from "./parse-options.js";
import { flavorOption, vydonSwitches } from "./vydon-options.js";

/** The options about the mock's own state. A proxy has no state. */
const notWithProxy = [
  "api",
  "request-ids",
  "seed",
  "faults",
  "latency",
  ...switchFlags([...vydonSwitches, "admin"]),
  flavorOption,
  "lenient",
];
const onlyWithProxy = ["allow-insecure-auth"];

/**
 * Checks that the options can be combined. @throws UsageError if an option cannot be used with --proxy, or only with
 * it or with --record.
 */
export function checkProxy(given: ReadonlyMap<string, string>): void {
  if (given.has("force") && !given.has("record")) throw new UsageError("--force is for --record only");
  if (!given.has("proxy")) {
    const [name] = onlyWithProxy.filter((each) => given.has(each));
    if (name !== undefined) throw new UsageError(`--${name} is for --proxy only`);
    return;
  }
  const [name] = notWithProxy.filter((each) => given.has(each));
  if (name !== undefined) {
    throw new UsageError(
      `--${name} is for the mock, and --proxy passes all calls on to a real server: leave one out`,
    );
  }
  try {
    readTarget(given.get("proxy") ?? "", false);
  } catch (error) {
    // The URL is not repeated, because it may contain a password.
    throw new UsageError(`--proxy: ${messageOf(error)}`);
  }
}
