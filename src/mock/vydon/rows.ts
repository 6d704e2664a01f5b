import { type RowChecks, row, sessionRow } from "../engine/row-shape.js";
import { anyText, byKind, flag, nullable, number, object, oneOf } from "../engine/shape.js";
import { roleNames } from "./messages.js";
import type {
  AccountRow,
  IdentityRow,
  InviteRow,
  MemberRow,
  MeterEventRow,
  OnboardingConfig,
  TemporalConfig,
  UserRow,
  VydonCaller,
  VydonState,
} from "./state.js";

type Kind<Name> = Extract<VydonCaller, { kind: Name }>;

const role = oneOf(roleNames);

/** What a row of each table must look like. */
export const vydonRows: RowChecks<VydonState> = {
  sessions: sessionRow(
    byKind({
      user: object<Kind<"user">>({ kind: anyText, userId: anyText, email: anyText }),
      api_key: object<Kind<"api_key">>({ kind: anyText, userId: anyText, accountId: anyText }),
      worker_key: object<Kind<"worker_key">>({ kind: anyText, userId: anyText }),
    }),
  ),
  identities: row<IdentityRow>({ userId: anyText, email: anyText, name: anyText, image: anyText }),
  users: row<UserRow>({ email: anyText, name: anyText, image: anyText }),
  accounts: row<AccountRow>({
    name: anyText,
    type: oneOf(["personal", "team", "enterprise"]),
    createdAt: number,
    stripeCustomerId: nullable(anyText),
    subscription: oneOf(["none", "active", "lapsed"]),
    settlesAt: nullable(number),
    usedRecords: number,
    allowedRecords: nullable(number),
    onboarding: nullable(
      object<OnboardingConfig>({
        hasCreatedSourceConnection: flag,
        hasCreatedDestinationConnection: flag,
        hasCreatedJob: flag,
        hasInvitedMembers: flag,
        hasCompletedOnboarding: flag,
      }),
    ),
    temporal: nullable(
      object<TemporalConfig>({ url: anyText, namespace: anyText, syncJobQueueName: anyText }),
    ),
  }),
  members: row<MemberRow>({ accountId: anyText, userId: anyText, role }),
  invites: row<InviteRow>({
    accountId: anyText,
    senderUserId: anyText,
    email: anyText,
    token: anyText,
    accepted: flag,
    role: nullable(role),
    createdAt: number,
    updatedAt: number,
    expiresAt: number,
  }),
  meterEvents: row<MeterEventRow>({ accountId: anyText, eventName: anyText, value: anyText, at: number }),
};
