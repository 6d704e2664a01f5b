import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { AdminService } from "../../../gen/tenantry/mock/v1/admin_pb.js";
import type { MockControls } from "../apis.js";
import { durationMs } from "../engine/time/protobuf.js";
import { unary } from "./unary.js";

const rpc = AdminService.method;

/** Returns the RPCs that sign a person in, one for each API. */
export function signIns({ vydon, ona, fam }: MockControls) {
  return {
    signInVydon: unary(rpc.signInVydon, ({ email, name, registered, expiresIn }) => {
      const { token, userId } = vydon.signIn({
        email,
        ...(name !== undefined && { name }),
        ...(registered !== undefined && { registered }),
        ...(expiresIn !== undefined && { expiresIn: durationMs(expiresIn) }),
      });
      return { token, userId };
    }),
    signInOna: unary(rpc.signInOna, ({ email, name, organization, expiresIn }) => {
      const who = {
        email,
        ...(name !== undefined && { name }),
        ...(expiresIn !== undefined && { expiresIn: durationMs(expiresIn) }),
      };
      if (organization === undefined) {
        const { token, accountId } = ona.signIn(who);
        return { token, accountId };
      }
      const { token, accountId, userId } = ona.signIn({ ...who, organization });
      return { token, accountId, userId };
    }),
    signInFam: unary(rpc.signInFam, ({ email, firstName, lastName, expiresIn }) => {
      const { token, refreshToken, expiresAt, userId } = fam.signIn({
        email,
        ...(firstName !== undefined && { firstName }),
        ...(lastName !== undefined && { lastName }),
        ...(expiresIn !== undefined && { expiresIn: durationMs(expiresIn) }),
      });
      return { token, refreshToken, expiresAt: timestampFromMs(expiresAt), userId };
    }),
  };
}
