/** Returns a URL, which may be relative to `base`. Undefined if the text is not one. `URL.parse` needs Node 22. */
export function parseUrl(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined;
}
