import type { Method } from "../core/call/method.js";
import { type Checks, must } from "../core/checks/check-options.js";

/** The full names of a server's services. Each is part of the URLs of its methods. */
export interface FamServices {
  /** Default `fam.v1.AccountService`. */
  readonly accounts?: string | undefined;
  /** Default `fam.v1.MemberService`. */
  readonly members?: string | undefined;
  /** Default `fam.v1.BillingService`. */
  readonly billing?: string | undefined;
}

/** Returns a method with the server's own name for its service. */
export type RenameService = <Request, Response>(
  method: Method<Request, Response>,
) => Method<Request, Response>;

const serviceName = must(
  (name) => typeof name === "string" && /^[a-z_]\w*(\.[a-z_]\w*)*$/i.test(name),
  "a service's full name, such as fam.v1.AccountService",
);

/** @internal */
export const serviceChecks: Checks<FamServices> = {
  accounts: serviceName,
  members: serviceName,
  billing: serviceName,
};

/** Returns a {@link RenameService}. A service that is left out keeps its name. */
export function serviceRenamer({ accounts, members, billing }: FamServices): RenameService {
  const names = new Map([
    ["fam.v1.AccountService", accounts],
    ["fam.v1.MemberService", members],
    ["fam.v1.BillingService", billing],
  ]);
  return (method) => {
    // If `method` is not a method, the call fails later.
    const service = names.get(method?.service);
    return service === undefined ? method : { ...method, service };
  };
}
