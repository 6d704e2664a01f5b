import type { VydonFlavor, VydonModes } from "../../vydon/options.js";
import { readSwitch, UsageError } from "./parse-options.js";

/** The switches for the kind of Vydon. A command also has {@link flavorOption}. */
export const vydonSwitches: readonly string[] = ["cloud", "rbac", "auth"];

/** The option for the vendor of Vydon's texts. */
export const flavorOption = "flavor";

/** Reads the kind of Vydon. @throws UsageError if a switch is given both ways, or if the flavor is unknown. */
export function readVydonOptions(given: ReadonlyMap<string, string>): VydonModes {
  return {
    cloud: readSwitch(given, "cloud", true),
    rbac: readSwitch(given, "rbac", true),
    auth: readSwitch(given, "auth", true),
    flavor: readFlavor(given.get(flavorOption) ?? "vydon"),
  };
}

function readFlavor(text: string): VydonFlavor {
  if (text === "vydon" || text === "neosync") return text;
  throw new UsageError(`--flavor ${text} is not known: give vydon or neosync`);
}
