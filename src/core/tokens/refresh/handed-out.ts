/**
 * How many tokens are remembered. A token lives longer than a call, so the tokens of running calls are among the last few.
 */
const most = 64;

/** Remembers the session of each access token that calls were given. */
export class HandedOut {
  readonly #sessions = new Map<string, string>();
  #hasChanged = false;
  #last: string | undefined;

  add(accessToken: string, sessionId: string): void {
    if (this.#last !== undefined && this.#last !== sessionId) this.#hasChanged = true;
    this.#last = sessionId;
    this.#sessions.set(accessToken, sessionId);
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= most) return;
      this.#sessions.delete(oldest);
    }
  }

  /** Whether a token belongs to a session. A forgotten token does only if there was never another session. */
  belongs(accessToken: string, sessionId: string | undefined): boolean {
    const found = this.#sessions.get(accessToken);
    return found === undefined ? !this.#hasChanged : found === sessionId;
  }
}
