import type { DescMessage } from "@bufbuild/protobuf";
import { keysOf } from "../../engine/records.js";

/**
 * The kind of a string in a message. It decides what replaces the string in a recording:
 *
 * - `id`, `secret` (a token, a key, a password), `code`, `email`, `domain`, `url`, `name` (of an account), `text` (that a caller wrote):
 *   a placeholder with a number. In one recording, the same value always has the same placeholder.
 * - `person`: also a placeholder with a number. Names of people come from the identity provider, so a replay accepts
 *   any value.
 * - `picture`, `server`: `<picture>`, `<server>`. The value differs on every server.
 * - `word`: a word that the API documents. It is recorded if it is in {@link words}. Otherwise, it is treated as a
 *   `text`.
 * - `message`: a text that the server writes. It is recorded, except for values that were seen before and parts that look like secrets.
 */
export type Kind =
  | "id"
  | "secret"
  | "code"
  | "email"
  | "domain"
  | "url"
  | "name"
  | "text"
  | "person"
  | "picture"
  | "server"
  | "word"
  | "message";

/** The words that a recording keeps. */
export const words: ReadonlySet<string> = wordsIn(
  "owner admin member buyer viewer",
  "account.read account.update account.delete members.read members.invite billing.read billing.update",
  "openid profile offline_access Bearer bearer",
  "visa mastercard amex discover diners jcb unionpay unknown",
  "google github gitlab UTC core enterprise",
  "id membership_status user_id email first_name last_name expires_at created_at accepted_at",
);

/** The JSON names of fields, by kind. Other names that end in `Id` or `Ids` are ids. `message` is only in {@link kindsByMessage}. */
const namesByKind: Readonly<Record<Exclude<Kind, "message">, ReadonlySet<string>>> = {
  id: wordsIn("id createdById updatedById hierarchy"),
  secret: wordsIn(
    "token accessToken refreshToken idToken nextToken exchangeToken invitationToken verificationToken",
    "password state keyValue clientSecret",
  ),
  code: wordsIn("code"),
  email: wordsIn("email"),
  domain: wordsIn("domain domains"),
  url: wordsIn("url loginUrl returnTo redirectUri checkoutSessionUrl portalSessionUrl downloadUrl"),
  name: wordsIn("name displayName organizationName"),
  text: wordsIn("description reason query search last4 eventName value namespace syncJobQueueName stringKey"),
  person: wordsIn("firstName lastName fullName"),
  picture: wordsIn("image avatarUrl"),
  server: wordsIn("version commit compiler platform servingData"),
  word: wordsIn(
    "relations permissions rootPermissions scope tokenType field brand model provider loginProvider",
    "organizationTier timezone",
  ),
};

/** The fields whose kind is not the kind of their name, by message. */
export const kindsByMessage: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  "mgmt.v1alpha1.AccountUser": { name: "person" },
  "mgmt.v1alpha1.IsAccountStatusValidResponse": { reason: "message" },
  "gitpod.v1.Account": { name: "person" },
  "gitpod.v1.User": { name: "person" },
  "gitpod.v1.UserCreditUsage": { displayName: "person" },
  "gitpod.v1.UserCreditBudgetUsage": { displayName: "person" },
  "fam.v1.CardInfo": { name: "person" },
  "google.rpc.ErrorInfo": { reason: "message", domain: "message", metadata: "message" },
  "google.rpc.BadRequest.FieldViolation": { field: "message", description: "message", reason: "message" },
  "google.rpc.QuotaFailure.Violation": { subject: "message", description: "message" },
  "buf.validate.Violation": { ruleId: "message", message: "message" },
  "buf.validate.FieldPathElement": { fieldName: "message" },
};

/** The kinds of fields, by their JSON names. */
export const kindsByName: ReadonlyMap<string, Kind> = new Map(
  keysOf(namesByKind).flatMap((kind) => Array.from(namesByKind[kind], (name) => [name, kind] as const)),
);

/** Returns the kind of a string in a message, by the field's JSON name. Undefined if the name is not known. A test finds such names. */
export function kindOf({ typeName }: DescMessage, jsonName: string): Kind | undefined {
  const kind = kindsByMessage[typeName]?.[jsonName] ?? kindsByName.get(jsonName);
  return kind ?? (/Ids?$/.test(jsonName) ? "id" : undefined);
}

function wordsIn(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}
