import { anyText, byKind, nullable, number, object, oneOf } from "../../engine/check-json.js";
import { type RowChecks, row, sessionRow } from "../../engine/state/row-checks.js";
import type {
  AccountRow,
  MemberRow,
  OnaCaller,
  OnaState,
  OrganizationRow,
  PageTokenRow,
  ProviderRow,
  SsoRow,
} from "./state.js";

/** What a row of each table must look like. */
export const onaRows: RowChecks<OnaState> = {
  sessions: sessionRow(byKind({ account: object<OnaCaller>({ kind: anyText, accountId: anyText }) })),
  accounts: row<AccountRow>({
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
  organizations: row<OrganizationRow>({
    name: anyText,
    domain: nullable(anyText),
    tier: oneOf(["free", "enterprise", "core", "free_ona"]),
  }),
  members: row<MemberRow>({
    organizationId: anyText,
    accountId: anyText,
    userId: anyText,
    role: oneOf(["admin", "member"]),
  }),
  sso: row<SsoRow>({ domain: anyText, displayName: anyText, loginUrl: anyText }),
  providers: row<ProviderRow>({
    provider: anyText,
    loginUrl: anyText,
    inviteId: nullable(anyText),
    domain: nullable(anyText),
  }),
  pageTokens: row<PageTokenRow>({ list: anyText, after: anyText }),
};
