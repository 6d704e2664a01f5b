import { type RowChecks, row, sessionRow } from "../engine/row-shape.js";
import { anyText, byKind, count, integer, nullable, object, oneOf, text } from "../engine/shape.js";
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
  sessions: sessionRow(byKind({ account: object<OnaCaller>({ kind: text, accountId: text }) })),
  accounts: row<AccountRow>({
    email: text,
    name: anyText,
    avatarUrl: anyText,
    createdAt: integer,
    updatedAt: integer,
    organizationId: nullable(text),
    blockedFor: nullable(anyText),
    environments: count,
    subscriptions: count,
  }),
  organizations: row<OrganizationRow>({
    name: anyText,
    domain: nullable(text),
    tier: oneOf(["free", "enterprise", "core", "free_ona"]),
  }),
  members: row<MemberRow>({
    organizationId: text,
    accountId: text,
    userId: text,
    role: oneOf(["admin", "member"]),
  }),
  sso: row<SsoRow>({ domain: text, displayName: anyText, loginUrl: text }),
  providers: row<ProviderRow>({
    provider: text,
    loginUrl: text,
    inviteId: nullable(text),
    domain: nullable(text),
  }),
  pageTokens: row<PageTokenRow>({ list: text, after: text }),
};
