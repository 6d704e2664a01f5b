import type { DescMethodUnary, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import type { UserAccountService } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { AccountRow, VydonCaller } from "../state/state.js";

/** Who calls, as far as their token tells. */
export interface ByToken {
  readonly caller: VydonCaller;
}

/** Who calls, and which user that is. */
export interface ByUser extends ByToken {
  readonly userId: string;
}

/** Who calls, and the account that they may use. */
export interface ForAccount extends ByUser {
  readonly account: AccountRow;
}

type Methods = typeof UserAccountService.method;

/** What answers RPCs, by name. A resource file makes its share of them; `Asked` is what the checks found out before. */
export type Rpcs<Name extends keyof Methods, Asked> = {
  [Key in Name]: Methods[Key] extends DescMethodUnary<infer I, infer O>
    ? (request: MessageShape<I>, asked: Asked) => MessageInitShape<O>
    : never;
};
