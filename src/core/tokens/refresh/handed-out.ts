/** How many tokens are remembered. A call asks for its first token a minute ago at most, a token lives longer. */
const most = 64;

/** Which session each access token came from that calls were given. */
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

  /** A token that was forgotten belongs to the session only if there was never another one. */
  belongs(accessToken: string, sessionId: string | undefined): boolean {
    const found = this.#sessions.get(accessToken);
    return found === undefined ? !this.#hasChanged : found === sessionId;
  }
}
