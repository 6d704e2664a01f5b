import { anyText, byKind, flag, list, nullable, number, object, oneOf } from "../../engine/check-json.js";
import { type RowChecks, row, sessionRow } from "../../engine/state/row-checks.js";
import type {
  AccountRow,
  CardRow,
  FamCaller,
  FamState,
  InviteRow,
  MemberRow,
  PaymentConfigurationRow,
  RefreshRow,
  UserRow,
} from "./state.js";

/** What a row of each table must look like. */
export const famRows: RowChecks<FamState> = {
  sessions: sessionRow(byKind({ user: object<FamCaller>({ kind: anyText, userId: anyText }) })),
  refreshTokens: row<RefreshRow>({ userId: anyText, expiresAt: number }),
  users: row<UserRow>({
    email: anyText,
    firstName: anyText,
    lastName: anyText,
    rootPermissions: list(anyText),
  }),
  accounts: row<AccountRow>({
    hierarchy: list(anyText),
    name: anyText,
    type: oneOf(["ad_account", "business_manager", "enterprise", "agency"]),
    status: oneOf(["unverified", "pending", "verified"]),
    createdAt: number,
    updatedAt: number,
  }),
  members: row<MemberRow>({
    accountId: anyText,
    userId: anyText,
    relations: list(anyText),
    invitationId: nullable(anyText),
    createdAt: number,
    acceptedAt: nullable(number),
  }),
  invites: row<InviteRow>({
    accountId: anyText,
    email: anyText,
    relations: list(anyText),
    status: oneOf(["pending", "accepted", "revoked"]),
    inviterUserId: anyText,
    token: anyText,
    expiresAt: number,
    createdAt: number,
  }),
  paymentConfigurations: row<PaymentConfigurationRow>({ accountId: anyText }),
  cards: row<CardRow>({
    configurationId: anyText,
    brand: anyText,
    last4: anyText,
    expMonth: number,
    expYear: number,
    name: anyText,
    primary: flag,
  }),
};
