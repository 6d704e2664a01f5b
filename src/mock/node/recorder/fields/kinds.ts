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

/** The kinds of a message's strings, by the JSON names of the fields. */
export type MessageKinds = Readonly<Record<string, Kind>>;

/** The words that a recording keeps. */
export const words: ReadonlySet<string> = new Set(
  [
    "owner admin member buyer viewer",
    "account.read account.update account.delete members.read members.invite billing.read billing.update",
    "openid profile offline_access Bearer bearer",
    "visa mastercard amex discover diners jcb unionpay unknown",
    "google github gitlab UTC core enterprise",
    "id membership_status user_id email first_name last_name expires_at created_at accepted_at",
  ].flatMap((line) => line.split(" ")),
);
