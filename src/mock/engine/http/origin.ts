/** The origin at which a call reached the server: its listener's. A call in process has no host, and gets `https://<api>.mock`. */
export function originOf(header: Headers, api: string): string {
  const host = header.get("host");
  return host === null ? `https://${api}.mock` : `http://${host}`;
}
