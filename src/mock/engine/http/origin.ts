/** The origin at which a call reached the server: its listener's, or in process, where there is no host, `https://<api>.mock`. */
export function originOf(header: Headers, api: string): string {
  const host = header.get("host");
  return host === null ? `https://${api}.mock` : `http://${host}`;
}
