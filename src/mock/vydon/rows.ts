import { type RowChecks, row, sessionRow } from "../engine/row-shape.js";
import { anyText, byKind, count, flag, integer, nullable, object, oneOf, text } from "../engine/shape.js";
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
      user: object<Kind<"user">>({ kind: text, userId: text, email: text }),
      api_key: object<Kind<"api_key">>({ kind: text, userId: text, accountId: text }),
      worker_key: object<Kind<"worker_key">>({ kind: text, userId: text }),
    }),
  ),
  identities: row<IdentityRow>({ userId: text, email: text, name: anyText, image: anyText }),
  users: row<UserRow>({ email: text, name: anyText, image: anyText }),
  accounts: row<AccountRow>({
    name: anyText,
    type: oneOf(["personal", "team", "enterprise"]),
    createdAt: integer,
    stripeCustomerId: nullable(text),
    subscription: oneOf(["none", "active", "lapsed"]),
    settlesAt: nullable(integer),
    usedRecords: count,
    allowedRecords: nullable(count),
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
  members: row<MemberRow>({ accountId: text, userId: text, role }),
  invites: row<InviteRow>({
    accountId: text,
    senderUserId: text,
    email: text,
    token: text,
    accepted: flag,
    role: nullable(role),
    createdAt: integer,
    updatedAt: integer,
    expiresAt: integer,
  }),
  meterEvents: row<MeterEventRow>({ accountId: text, eventName: anyText, value: anyText, at: integer }),
};
