import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import * as fam from "../../src/proto/fam.js";
import * as ona from "../../src/proto/ona.js";
import * as vydon from "../../src/proto/vydon.js";
import { mounted } from "../contract/calls.js";

/** Every service that the contract calls, for transports that must know them. */
export const services = [
  ...[vydon.UserAccountService, vydon.AuthService, vydon.ApiKeyService],
  ona.AccountService,
  ...[fam.AccountService, fam.MemberService, fam.BillingService],
  ...Object.values(mounted),
  Health,
];
