import type { Method } from "../core/call/method.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";

/** The names under which a server has FAM's services. Each is a part of its methods' URLs. */
export interface FamServices {
  /** Default `fam.v1.AccountService`. */
  readonly accounts?: string | undefined;
  /** Default `fam.v1.MemberService`. */
  readonly members?: string | undefined;
  /** Default `fam.v1.BillingService`. */
  readonly billing?: string | undefined;
}

/** Replaces the name of a method's service by the one that the server has it under. */
export type Mount = <Request, Response>(method: Method<Request, Response>) => Method<Request, Response>;

/**
 * Makes a {@link Mount}. Methods of services that are not named keep their names.
 *
 * @throws InvalidArgumentError if a name cannot be that of a service.
 */
export function mount({ accounts, members, billing }: FamServices): Mount {
  const names = new Map([
    ["fam.v1.AccountService", check("accounts", accounts)],
    ["fam.v1.MemberService", check("members", members)],
    ["fam.v1.BillingService", check("billing", billing)],
  ]);
  return (method) => {
    const service = names.get(method.service);
    return service === undefined ? method : { ...method, service };
  };
}

function check(option: keyof FamServices, name: string | undefined): string | undefined {
  if (name === undefined || (typeof name === "string" && /^[a-z_]\w*(\.[a-z_]\w*)*$/i.test(name)))
    return name;
  throw invalidArgument(`services.${option}`, "must be a service's full name, such as fam.v1.AccountService");
}
