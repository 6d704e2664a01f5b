import type { Engine } from "../../engine/engine.js";
import { keysOf } from "../../engine/records.js";
import type { SessionRow, Sessions } from "../../engine/state/sessions.js";
import { noIndexes, Table, type TablesWith } from "../../engine/state/tables.js";
import type { OnaCreditUsageRow, UsageExportRow } from "./billing-rows.js";
import type {
  ExchangeTokenRow,
  OnaAccountRow,
  OnaCaller,
  OnaDomainRow,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaProviderRow,
  OnaSsoRow,
  OnaTokenRow,
  PageTokenRow,
} from "./rows.js";

/** The tables of an Ona server. It is a type alias, because an interface is not assignable to a record of tables. */
export type OnaState = {
  readonly sessions: Table<SessionRow<OnaCaller>, "user">;
  readonly accounts: Table<OnaAccountRow, "email">;
  readonly organizations: Table<OnaOrganizationRow, "invite">;
  readonly members: Table<OnaMemberRow, "organization" | "account" | "user">;
  readonly domains: Table<OnaDomainRow, "organization">;
  readonly sso: Table<OnaSsoRow, "domain">;
  readonly providers: Table<OnaProviderRow>;
  readonly tokens: Table<OnaTokenRow, "user">;
  readonly exchangeTokens: Table<ExchangeTokenRow, "user">;
  readonly creditUsage: Table<OnaCreditUsageRow, "organization" | "resource">;
  readonly exports: Table<UsageExportRow, "organization">;
  readonly pageTokens: Table<PageTokenRow, "place">;
};

const ofOrganizations: Readonly<Record<TablesWith<OnaState, "organizationId">, true>> = {
  domains: true,
  creditUsage: true,
  exports: true,
  members: true,
};

/** The tables whose rows belong to an organization. This file does not compile if one is missing. */
export const organizationTables = keysOf(ofOrganizations);

/** The state and the settings of one Ona server. */
export interface Ona extends Pick<Engine, "clock" | "ids" | "past" | "world"> {
  readonly state: OnaState;
  readonly sessions: Sessions<OnaCaller>;
  /** Whether an organization's own single sign-on can be used in addition to the login providers. */
  readonly allowCustom: boolean;
}

const ofOrganization = { organization: (row: { readonly organizationId: string }) => row.organizationId };
const ofHolder = {
  user: ({ who }: { readonly who: OnaCaller }) => (who.kind === "user" ? who.userId : undefined),
};
const accountIndexes = { email: (row: OnaAccountRow) => row.email.toLowerCase() };
const organizationIndexes = { invite: (row: OnaOrganizationRow) => row.inviteId ?? undefined };
const memberIndexes = {
  ...ofOrganization,
  account: (row: OnaMemberRow) => row.accountId,
  user: (row: OnaMemberRow) => row.userId,
};
const ssoIndexes = { domain: (row: OnaSsoRow) => row.domain };
const tokenIndexes = { user: (row: OnaTokenRow) => row.userId };
const creditUsageIndexes = { ...ofOrganization, resource: resourceKey };
const pageTokenIndexes = { place: placeKey };

/** Creates an empty state. All states share their index functions, because each world of a server has a state. */
export function createOnaState(): OnaState {
  return {
    sessions: new Table<SessionRow<OnaCaller>, "user">(ofHolder),
    accounts: new Table(accountIndexes),
    organizations: new Table(organizationIndexes),
    members: new Table(memberIndexes),
    domains: new Table<OnaDomainRow, "organization">(ofOrganization),
    sso: new Table(ssoIndexes),
    providers: new Table(noIndexes),
    tokens: new Table(tokenIndexes),
    exchangeTokens: new Table<ExchangeTokenRow, "user">(ofHolder),
    creditUsage: new Table<OnaCreditUsageRow, "organization" | "resource">(creditUsageIndexes),
    exports: new Table<UsageExportRow, "organization">(ofOrganization),
    pageTokens: new Table<PageTokenRow, "place">(pageTokenIndexes),
  };
}

/** Returns the account of the person with this email. Letter case does not count. */
export function accountByEmail(state: OnaState, email: string): OnaAccountRow | undefined {
  return state.accounts.by("email", email.toLowerCase())[0];
}

/** Returns the key of a page token in the index `place`: its list and the last row of the previous page. */
export function placeKey({ list, after }: Pick<PageTokenRow, "list" | "after">): string {
  return `${list}\n${after.at(-1) ?? ""}`;
}

/** Returns the key of an environment or a conversation in the index `resource`. */
export function resourceKey({
  organizationId,
  type,
  resource,
}: Pick<OnaCreditUsageRow, "organizationId" | "type" | "resource">): string {
  return `${organizationId}\n${type}\n${resource}`;
}
