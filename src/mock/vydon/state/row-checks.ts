import {
  anyText,
  byKind,
  type Check,
  count,
  flag,
  nullable,
  number,
  object,
  oneOf,
} from "../../engine/check-json.js";
import { type RowChecks, row, sessionRow } from "../../engine/state/row-checks.js";
import { issuerRows } from "../issuer/rows.js";
import { roleNames } from "../messages.js";
import { subscriptions } from "../seed/seed.js";
import type {
  AccountRow,
  IdentityRow,
  InviteRow,
  MemberRow,
  MeterEventRow,
  OnboardingConfig,
  TemporalConfig,
  UserRow,
  VydonHolder,
  VydonState,
} from "./state.js";
import type { RefusalRow } from "./stripe.js";

type Kind<Name> = Extract<VydonHolder, { kind: Name }>;

const role = oneOf(roleNames);

/** An invite's role: null, a known role, or the number of one that the server doesn't know. */
const roleOrNumber: Check = (value, path) => {
  if (typeof value !== "number") nullable(role)(value, path);
  else number(value, path);
};

/** What a row of each table must look like. */
export const vydonRows: RowChecks<VydonState> = {
  sessions: sessionRow(
    byKind({
      user: object<Kind<"user">>({ kind: anyText, userId: anyText, email: anyText }),
      api_key: object<Kind<"api_key">>({
        kind: anyText,
        userId: anyText,
        accountId: anyText,
        keyId: anyText,
      }),
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
    subscription: oneOf(subscriptions),
    settlesAt: nullable(number),
    usedRecords: number,
    allowedRecords: nullable(number),
    onboarding: nullable(object<OnboardingConfig>({ hasCompletedOnboarding: flag })),
    temporal: nullable(
      object<TemporalConfig>({ url: anyText, namespace: anyText, syncJobQueueName: anyText }),
    ),
  }),
  members: row<MemberRow>({ accountId: anyText, userId: anyText, role: nullable(role) }),
  invites: row<InviteRow>({
    accountId: anyText,
    senderUserId: anyText,
    email: anyText,
    token: anyText,
    accepted: flag,
    role: roleOrNumber,
    createdAt: number,
    updatedAt: number,
    expiresAt: number,
  }),
  meterEvents: row<MeterEventRow>({ accountId: anyText, eventName: anyText, value: anyText, at: number }),
  refusals: row<RefusalRow>({ left: count }),
  ...issuerRows,
};
