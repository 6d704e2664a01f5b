import { causes } from "./failure.js";

/** A failure as it is; where its text, or that of one of its causes, holds a secret, its text without. */
export function withoutSecrets(reason: unknown, secrets: readonly (string | undefined)[]): unknown {
  const known = secrets.filter((secret): secret is string => Boolean(secret));
  const texts = [String(reason), ...causes(reason).map(({ message, stack }) => message + stack)];
  if (!known.some((secret) => texts.some((text) => text.includes(secret)))) return reason;
  const text = reason instanceof Error ? reason.message : String(reason);
  return new Error(known.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text));
}
