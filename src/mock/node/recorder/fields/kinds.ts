/**
 * What a text of a message is, which decides what a recording has in its place:
 *
 * - `id`, `secret` (a token, a key, a password), `code`, `email`, `domain`, `url`, `name` (of an account), `text` (that a caller wrote):
 *   a placeholder with a number. The same value has the same one all through a recording.
 * - `person`: a placeholder, too. What a person is called comes from the identity provider, so a replay takes any value.
 * - `picture`, `server`: `<picture>`, `<server>`. The value is another one on every server.
 * - `word`: one of a vocabulary that the API documents. It stays if it is in {@link words}, and is a `text` otherwise.
 * - `message`: a text that the server writes. It stays, but for what was seen in the recording before and what looks like a secret.
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

/** The kinds of a message's texts, by their JSON names. */
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
