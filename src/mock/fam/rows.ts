import { type RowChecks, row, sessionRow } from "../engine/row-shape.js";
import { anyText, byKind, flag, integer, list, nullable, object, oneOf, text } from "../engine/shape.js";
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
  sessions: sessionRow(byKind({ user: object<FamCaller>({ kind: text, userId: text }) })),
  refreshTokens: row<RefreshRow>({ userId: text, expiresAt: integer }),
  users: row<UserRow>({ email: text, firstName: anyText, lastName: anyText, rootPermissions: list(text) }),
  accounts: row<AccountRow>({
    hierarchy: list(text),
    name: anyText,
    type: oneOf(["ad_account", "business_manager", "enterprise", "agency"]),
    status: oneOf(["unverified", "pending", "verified"]),
    createdAt: integer,
    updatedAt: integer,
  }),
  members: row<MemberRow>({
    accountId: text,
    userId: text,
    relations: list(text),
    invitationId: nullable(text),
    createdAt: integer,
    acceptedAt: nullable(integer),
  }),
  invites: row<InviteRow>({
    accountId: text,
    email: text,
    relations: list(text),
    status: oneOf(["pending", "accepted", "revoked"]),
    inviterUserId: text,
    token: text,
    expiresAt: integer,
    createdAt: integer,
  }),
  paymentConfigurations: row<PaymentConfigurationRow>({ accountId: text }),
  cards: row<CardRow>({
    configurationId: text,
    brand: text,
    last4: text,
    expMonth: integer,
    expYear: integer,
    name: anyText,
    primary: flag,
  }),
};
