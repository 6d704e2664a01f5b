import type { Client } from "@connectrpc/connect";
import { AccountService } from "../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../gen/fam/v1/member_pb.js";
import { ApiClient, openTransport } from "../core/client.js";
import { mount } from "../core/mount.js";
import type { Address, ClientOptions, CommonOptions, SharedOptions } from "../core/options.js";
import { createRpc } from "../core/rpc.js";
import { Accounts } from "./accounts.js";
import { Billing } from "./billing.js";
import { Invites } from "./invites.js";
import { Members } from "./members.js";

/** The names under which a server has FAM's services mounted, each a part of its methods' URLs. */
export interface FamServices {
  /** Default `fam.v1.AccountService`. */
  readonly accounts?: string | undefined;
  /** Default `fam.v1.MemberService`. */
  readonly members?: string | undefined;
  /** Default `fam.v1.BillingService`. */
  readonly billing?: string | undefined;
}

/**
 * Options of a {@link FamClient}. Messages travel as JSON, always: the API's field numbers are not published. A
 * `transport` of your own has to see to that itself.
 */
export type FamClientOptions = Omit<CommonOptions, "format" | "useHttpGet"> &
  Address & {
    /** Where the server has its services, if not under our names: the vendor publishes none. */
    readonly services?: FamServices | undefined;
  };

/** The raw Connect clients of FAM's services. */
export interface FamRpc {
  /** The client of `AccountService`. */
  readonly accounts: Client<typeof AccountService>;
  /** The client of `MemberService`. Its `acceptInvitation` goes out without the token. */
  readonly members: Client<typeof MemberService>;
  /** The client of `BillingService`. */
  readonly billing: Client<typeof BillingService>;
}

/**
 * A client for Fetch Ads Manager: `AccountService`, `MemberService` and `BillingService`.
 *
 * @example
 * ```ts
 * const client = new FamClient({ baseUrl: "https://fam.example.com", auth: process.env.FAM_ACCESS_TOKEN });
 * const { id } = await client.accounts.create({ name: "Acme", type: "ad_account" });
 * await client.invites.create(id, { email: "ada@example.com", relations: ["admin"] });
 * ```
 */
export class FamClient extends ApiClient {
  /** The raw Connect clients: messages in and out, with the same retries, token and errors. */
  readonly rpc: FamRpc;
  /** Ad accounts, and what the caller may do in them. */
  readonly accounts: Accounts;
  /** Who is in an account. */
  readonly members: Members;
  /** Invitations to accounts. */
  readonly invites: Invites;
  /** How accounts pay. */
  readonly billing: Billing;
  readonly #services: FamServices;

  /**
   * @param options - `baseUrl` (or a Connect `transport`) and `auth` at least; see {@link FamClientOptions}.
   * @throws InvalidArgumentError where an option is wrong.
   */
  constructor(options: FamClientOptions) {
    super(inJson(options));
    this.#services = { ...options.services };
    const {
      accounts = AccountService.typeName,
      members = MemberService.typeName,
      billing = BillingService.typeName,
    } = this.#services;
    const memberService = mount(MemberService, members, "services.members");
    this.rpc = {
      accounts: createRpc(mount(AccountService, accounts, "services.accounts"), this.transport),
      members: {
        ...createRpc(memberService, this.transport),
        // Open to all: whoever accepts may have no token yet.
        acceptInvitation: createRpc(memberService, openTransport(this.derive({}))).acceptInvitation,
      },
      billing: createRpc(mount(BillingService, billing, "services.billing"), this.transport),
    };
    this.accounts = new Accounts(this.rpc.accounts);
    this.members = new Members(this.rpc.members);
    this.invites = new Invites(this.rpc.members, this.tokens);
    this.billing = new Billing(this.rpc.billing);
  }

  /**
   * A client with other options for its calls, which shares this one's connection, tokens and retry budget.
   *
   * @example
   * ```ts
   * const patient = client.withOptions({ timeoutMs: 300_000 });
   * ```
   */
  withOptions(options: SharedOptions): FamClient {
    return new FamClient(Object.assign(this.derive(options), { services: this.#services }));
  }
}

/** Options that say JSON already, as those of a client made from another, stay the same object: what they share hangs on it. */
function inJson(options: FamClientOptions & Pick<ClientOptions, "format">): ClientOptions {
  return options.format === "json" ? options : { ...options, format: "json" };
}
