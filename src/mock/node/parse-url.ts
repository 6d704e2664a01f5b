/** Returns a URL. Undefined if the text is not one. `URL.parse` needs Node 22. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
