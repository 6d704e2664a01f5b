import { anyText, count, flag, list, nullable, object, oneOf, text, time } from "../../engine/check-json.js";
import { sessionRow } from "../../engine/state/sessions.js";
import type { RowChecks } from "../../engine/state/tables.js";
import { statusNames, typeNames } from "../messages.js";
import type {
  FamAccountRow,
  FamCaller,
  FamCardRow,
  FamUserRow,
  InviteRow,
  MemberRow,
  PaymentConfigurationRow,
  RefreshTokenRow,
} from "./rows.js";
import type { FamState } from "./state.js";

/** The checks for the rows of each table. */
export const famRowChecks: RowChecks<FamState> = {
  sessions: sessionRow(object<FamCaller>({ kind: oneOf(["user"]), userId: anyText })),
  refreshTokens: object<RefreshTokenRow>({ id: text, userId: anyText, expiresAt: time }),
  users: object<FamUserRow>({
    id: text,
    email: anyText,
    firstName: anyText,
    lastName: anyText,
    rootPermissions: list(anyText),
  }),
  accounts: object<FamAccountRow>({
    id: text,
    hierarchy: list(anyText),
    name: anyText,
    type: oneOf(typeNames),
    status: oneOf(statusNames),
    createdAt: time,
    updatedAt: time,
  }),
  members: object<MemberRow>({
    id: text,
    accountId: anyText,
    userId: anyText,
    relations: list(anyText),
    invitationId: nullable(anyText),
    createdAt: time,
    acceptedAt: nullable(time),
  }),
  invites: object<InviteRow>({
    id: text,
    accountId: anyText,
    email: anyText,
    relations: list(anyText),
    status: oneOf(["pending", "accepted", "revoked"]),
    inviterUserId: anyText,
    token: anyText,
    expiresAt: time,
    createdAt: time,
  }),
  paymentConfigurations: object<PaymentConfigurationRow>({ id: text, accountId: anyText }),
  cards: object<FamCardRow>({
    id: text,
    configurationId: anyText,
    brand: anyText,
    last4: anyText,
    expMonth: count,
    expYear: count,
    name: anyText,
    primary: flag,
  }),
};
