/**
 * Returns the base URL at which a call reached the server, for links that a browser follows: the listener's, with the path of the world, because
 * a browser sends no token that names the world. A call in process has no host, and gets `https://<api>.mock`.
 */
export function baseUrlOf(header: Headers, api: string, world: string | undefined): string {
  const host = header.get("host");
  const origin = host === null ? `https://${api}.mock` : `http://${host}`;
  return world === undefined ? origin : `${origin}/w/${world}`;
}
