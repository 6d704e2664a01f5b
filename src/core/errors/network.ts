/** Whether a failure is the network's, or the host's way to it, and not a response. */
export function isNetworkFailure(reason: unknown): boolean {
  // By name, since an error may be of another realm. A failure of fetch is a TypeError, and so are many mistakes in a
  // program. Node's failures have a system code.
  return causes(reason).some(
    (cause) =>
      cause.name === "NetworkError" ||
      (cause.name === "TypeError" && /fetch|network|^load failed|^terminated/i.test(cause.message)) ||
      /^(E[A-Z]+|EAI_AGAIN|UND_ERR_.*|ERR_HTTP2.*|ERR_STREAM.*|Connection.*)$/.test(systemCode(cause)),
  );
}

/** Whether a failure proves that the server never saw the request: there was no connection to send it on. */
export function provesUnsent(reason: unknown): boolean {
  return causes(reason).some((cause) =>
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/.test(systemCode(cause)),
  );
}

/** An error, its cause, the cause's cause… At most eight, since a cause may be its own. */
function causes(reason: unknown): Error[] {
  const found: Error[] = [];
  for (let cause = reason; cause instanceof Error && found.length < 8; cause = cause.cause) found.push(cause);
  return found;
}

/** The code that the system, or the implementation of fetch, gave a failure. */
function systemCode(reason: Error): string {
  return "code" in reason ? String(reason.code) : "";
}
