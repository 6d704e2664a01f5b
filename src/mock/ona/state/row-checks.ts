import { anyText, byKind, nullable, number, object, oneOf, text } from "../../engine/check-json.js";
import { type RowChecks, sessionRow } from "../../engine/state/row-checks.js";
import { roleNames, tierNames } from "../messages.js";
import type {
  OnaAccountRow,
  OnaCaller,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaProviderRow,
  OnaSsoRow,
  PageTokenRow,
} from "./rows.js";
import type { OnaState } from "./state.js";

/** The checks for the rows of each table. */
export const onaRowChecks: RowChecks<OnaState> = {
  sessions: sessionRow(
    byKind<OnaCaller>({ account: object<OnaCaller>({ kind: oneOf(["account"]), accountId: anyText }) }),
  ),
  accounts: object<OnaAccountRow>({
    id: text,
    email: anyText,
    name: anyText,
    avatarUrl: anyText,
    createdAt: number,
    updatedAt: number,
    organizationId: nullable(anyText),
    blockedFor: nullable(anyText),
    environments: number,
    subscriptions: number,
  }),
  organizations: object<OnaOrganizationRow>({
    id: text,
    name: anyText,
    domain: nullable(anyText),
    tier: oneOf(tierNames),
  }),
  members: object<OnaMemberRow>({
    id: text,
    organizationId: anyText,
    accountId: anyText,
    userId: anyText,
    role: oneOf(roleNames),
  }),
  sso: object<OnaSsoRow>({ id: text, domain: anyText, displayName: anyText, loginUrl: anyText }),
  providers: object<OnaProviderRow>({
    id: text,
    provider: anyText,
    loginUrl: anyText,
    inviteId: nullable(anyText),
    domain: nullable(anyText),
  }),
  pageTokens: object<PageTokenRow>({ id: text, list: anyText, after: anyText }),
};
