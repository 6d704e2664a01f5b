import {
  anyText,
  byKind,
  count,
  flag,
  nullable,
  number,
  object,
  oneOf,
  text,
  time,
} from "../../engine/check-json.js";
import { sessionRow } from "../../engine/state/sessions.js";
import type { RowChecks } from "../../engine/state/tables.js";
import { roleNames, typeNames } from "../messages.js";
import { checkCountdown } from "./countdown.js";
import {
  type ApiKeyRow,
  type IdentityRow,
  type InviteRow,
  type MemberRow,
  subscriptions,
  type UserRow,
  type VydonAccountRow,
  type VydonCodeRow,
  type VydonHolder,
  type VydonMeterEventRow,
  type VydonOnboardingConfig,
  type VydonRefreshTokenRow,
  type VydonTemporalConfig,
} from "./rows.js";
import type { VydonState } from "./state.js";

type Holder<Kind> = Extract<VydonHolder, { kind: Kind }>;

const roleOrNull = nullable(oneOf(roleNames));

/** Checks an invite's role: null, a known role, or the number of an unknown role. */
function inviteRole(value: unknown, path: string): InviteRow["role"] {
  return typeof value === "number" ? number(value, path) : roleOrNull(value, path);
}

/** The checks for the rows of each table. */
export const vydonRowChecks: RowChecks<VydonState> = {
  sessions: sessionRow(
    byKind<VydonHolder>({
      user: object<Holder<"user">>({ kind: oneOf(["user"]), userId: anyText, email: anyText }),
      api_key: object<Holder<"api_key">>({
        kind: oneOf(["api_key"]),
        userId: anyText,
        accountId: anyText,
        keyId: anyText,
      }),
      worker_key: object<Holder<"worker_key">>({ kind: oneOf(["worker_key"]), userId: anyText }),
    }),
  ),
  identities: object<IdentityRow>({
    id: text,
    userId: anyText,
    email: anyText,
    name: anyText,
    image: anyText,
  }),
  users: object<UserRow>({ id: text, email: anyText, name: anyText, image: anyText }),
  accounts: object<VydonAccountRow>({
    id: text,
    name: anyText,
    type: oneOf(typeNames),
    createdAt: time,
    stripeCustomerId: nullable(anyText),
    subscription: oneOf(subscriptions),
    settlesAt: nullable(time),
    onboarding: nullable(object<VydonOnboardingConfig>({ hasCompletedOnboarding: flag })),
    temporal: nullable(
      object<VydonTemporalConfig>({ url: anyText, namespace: anyText, syncJobQueueName: anyText }),
    ),
  }),
  members: object<MemberRow>({ id: text, accountId: anyText, userId: anyText, role: roleOrNull }),
  invites: object<InviteRow>({
    id: text,
    accountId: anyText,
    senderUserId: anyText,
    email: anyText,
    token: anyText,
    accepted: flag,
    role: inviteRole,
    createdAt: time,
    updatedAt: time,
    expiresAt: time,
  }),
  apiKeys: object<ApiKeyRow>({
    id: text,
    accountId: anyText,
    name: anyText,
    userId: anyText,
    createdById: anyText,
    updatedById: anyText,
    createdAt: time,
    updatedAt: time,
  }),
  meterEvents: object<VydonMeterEventRow>({
    id: text,
    accountId: anyText,
    eventName: anyText,
    value: anyText,
    // It is not checked with `time`, because the server accepts timestamps that are not valid dates.
    at: number,
  }),
  refusals: checkCountdown,
  refreshTokens: object<VydonRefreshTokenRow>({
    id: text,
    familyId: anyText,
    email: anyText,
    scope: anyText,
    issuedAt: time,
    expiresAt: time,
    usedAt: nullable(time),
    uses: count,
    revoked: flag,
  }),
  codes: object<VydonCodeRow>({
    id: text,
    email: anyText,
    scope: anyText,
    redirectUri: nullable(text),
    expiresAt: time,
    usedAt: nullable(time),
  }),
  lostResponses: checkCountdown,
};
