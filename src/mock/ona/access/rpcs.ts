import type { DescMethodUnary } from "@bufbuild/protobuf";
import type { AccountService } from "../../../../gen/gitpod/v1/account_pb.js";
import type { Resource } from "../../engine/handler.js";
import type { OnaCaller } from "../state/state.js";

type Methods = typeof AccountService.method;

/** The RPCs that anybody may call, with or without a token. */
export type OpenRpc = "getSSOLoginURL" | "listSSOLogins" | "listLoginProviders";

/** What answers each RPC, by its name; a resource file makes its share of them. */
export type Rpcs = {
  [Name in keyof Methods]: Methods[Name] extends DescMethodUnary<infer I, infer O>
    ? Resource<I, O, Name extends OpenRpc ? undefined : OnaCaller>
    : never;
};
