import type { DescMethodUnary } from "@bufbuild/protobuf";
import type { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Resource } from "../engine/handler.js";
import type { VydonCaller } from "./state.js";

type Methods = typeof UserAccountService.method;

/** What answers each RPC, by its name; a resource file makes its share of them. */
export type Rpcs = {
  [Name in keyof Methods]: Methods[Name] extends DescMethodUnary<infer I, infer O>
    ? Resource<I, O, VydonCaller>
    : never;
};
