import type { VydonModes } from "../../vydon/options.js";
import { parseOptions, switchFlags, UsageError } from "../command/parse-options.js";
import { flavorOption, readVydonOptions, vydonSwitches } from "../command/vydon-options.js";

/** The arguments of `tenantry verify`. */
export interface VerifyArguments {
  readonly help: boolean;
  /** The file to replay. */
  readonly file: string;
  /** The kind of Vydon that was recorded. */
  readonly vydon: VydonModes;
  /** A JSON file of faults of the mock. */
  readonly faults: string | undefined;
}

/** The help text of `tenantry verify`. */
export const verifyUsage = `Usage: tenantry verify RECORDING [options]

Replays a recording of tenantry mock --proxy --record on a new mock server, and lists the differences: the line of the
recording, the method, the field, the value in the recording and the mock's value. The mock does not have the data that
was on the server before the recording began. A call that differs for this reason is listed as "cannot be compared".

Exits with 0 if there is no difference, with 1 if there is one, and with 2 if an argument is wrong or the file is not
a recording.

      --no-cloud      the recorded Vydon is self-hosted, without billing (default --cloud)
      --no-rbac       every member of a Vydon account may do everything (default --rbac)
      --no-auth       the recorded Vydon accepts calls without a token (default --auth)
      --flavor NAME   the vendor whose error texts the recorded Vydon returns: vydon or neosync (default vydon)
      --faults FILE   a JSON file of faults, which make the mock's calls fail
  -h, --help          print this help
`;

const values = [flavorOption, "faults"];
const flags = [...switchFlags(vydonSwitches), "help"];
const aliases = { h: "help" };

/** Reads the arguments after `verify`. @throws UsageError for an argument that is unknown or wrong. */
export function readVerifyArguments(argv: readonly string[]): VerifyArguments {
  const { given, positionals } = parseOptions(argv, { values, flags, aliases });
  const help = given.has("help");
  const [file = "", ...others] = positionals;
  if (file === "" && !help) throw new UsageError("the recording is missing: tenantry verify RECORDING");
  if (others.length > 0) throw new UsageError("verify replays one recording at a time");
  return {
    help,
    file,
    vydon: readVydonOptions(given),
    faults: given.get("faults"),
  };
}
