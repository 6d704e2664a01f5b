/** Checks whether only this machine can reach a host. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || /^\[?::1\]?$/.test(host) || /^127(\.\d+){3}$/.test(host);
}
