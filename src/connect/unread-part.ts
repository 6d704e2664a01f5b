/**
 * Returns the field or message of a response that protobuf-es could not read as JSON, from the text of its error. Returns
 * undefined for other texts. The rest of the text, and the error itself, can contain a part of the response, such as a
 * new token.
 */
export function unreadPart(text: string): string | undefined {
  return /^cannot decode .*? from JSON/.exec(text)?.[0];
}
