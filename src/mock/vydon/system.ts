import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Rpcs } from "./rpcs.js";
import type { Vydon } from "./state.js";

const buildDate = Date.UTC(2025, 11, 1);
const licenseEnds = Date.UTC(2036, 0, 1);

/** The server itself. */
export function createSystem({ clock, cloud, rbac }: Vydon): Pick<Rpcs, "getSystemInformation"> {
  return {
    getSystemInformation() {
      return {
        version: "v0.5.40",
        commit: "5f0c2b7d9e4a61830c7df2a95be1436087ad9e12",
        compiler: "gc",
        platform: "linux/amd64",
        buildDate: timestampFromMs(buildDate),
        license: {
          // A self-hosted server has roles by its licence.
          isValid: (cloud || rbac) && clock.now() < licenseEnds,
          expiresAt: timestampFromMs(licenseEnds),
          isNeosyncCloud: cloud,
        },
      };
    },
  };
}
