/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || /^\[?::1\]?$/.test(host) || /^127(\.\d+){3}$/.test(host);
}
