import type { DescMethodUnary, DescService } from "@bufbuild/protobuf";
import type { AccountService } from "../../../../gen/fam/v1/account_pb.js";
import type { BillingService } from "../../../../gen/fam/v1/billing_pb.js";
import type { MemberService } from "../../../../gen/fam/v1/member_pb.js";
import type { Resource } from "../../engine/handler.js";
import type { FamCaller } from "../state/state.js";

type RpcsOf<Service extends DescService> = {
  [Name in keyof Service["method"]]: Service["method"][Name] extends DescMethodUnary<infer I, infer O>
    ? Resource<I, O, FamCaller>
    : never;
};

/** What answers each RPC of the account service, by its name. */
export type AccountRpcs = RpcsOf<typeof AccountService>;

/** What answers each RPC of the member service; a resource file makes its share of them. Accepting asks for no caller. */
export type MemberRpcs = Omit<RpcsOf<typeof MemberService>, "acceptInvitation"> & {
  acceptInvitation: Resource<
    (typeof MemberService)["method"]["acceptInvitation"]["input"],
    (typeof MemberService)["method"]["acceptInvitation"]["output"],
    undefined
  >;
};

/** What answers each RPC of the billing service, by its name. */
export type BillingRpcs = RpcsOf<typeof BillingService>;
