import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { lastInstant } from "../engine/time/instant.js";
import type { VydonRpcs } from "./access/rpcs.js";
import { toTimestamp } from "./messages.js";
import type { Vydon } from "./state/state.js";

const rpc = UserAccountService.method;
const buildDate = Date.UTC(2025, 11, 1);
const cloudLicenseEnd = Date.UTC(2036, 0, 1);

/** Creates the RPC for information about the server. */
export function createSystem({ clock, modes }: Vydon, { signedIn }: VydonRpcs) {
  /**
   * Returns when the licence expires. The licence of a self-hosted server always expires ten years from now. The real
   * server sends this time with nanoseconds, not only microseconds.
   */
  function licenseEnd() {
    if (modes.cloud) return timestampFromMs(cloudLicenseEnd);
    const now = new Date(clock.now());
    const end = Math.min(now.setUTCFullYear(now.getUTCFullYear() + 10), lastInstant);
    return toTimestamp(end, 417_293);
  }

  return {
    getSystemInformation: signedIn(rpc.getSystemInformation, () => ({
      version: "v0.5.40",
      commit: "5f0c2b7d9e4a61830c7df2a95be1436087ad9e12",
      compiler: "gc",
      platform: "linux/amd64",
      buildDate: timestampFromMs(buildDate),
      license: {
        isValid: !modes.cloud || clock.now() < cloudLicenseEnd,
        expiresAt: licenseEnd(),
        isNeosyncCloud: modes.cloud,
      },
    })),
  };
}
