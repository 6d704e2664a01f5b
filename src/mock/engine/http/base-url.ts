/**
 * Returns the base URL at which a call reached the server, for links that a browser follows. It is the listener's URL with the path of the
 * world, because a browser sends no token from which the world could be found. For a call in process, which has no host, it is
 * `https://<api>.mock`.
 */
export function baseUrlOf(header: Headers, api: string, world: string | undefined): string {
  const host = header.get("host");
  const origin = host === null ? `https://${api}.mock` : `http://${host}`;
  return world === undefined ? origin : `${origin}/w/${world}`;
}
