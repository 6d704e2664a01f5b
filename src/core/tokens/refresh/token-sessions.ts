/** The number of tokens to keep. A token lives longer than a call, so the tokens of running calls are among the last few. */
const maxTokens = 64;

/** Keeps the session of each access token that calls have received. */
export class TokenSessions {
  readonly #sessionIds = new Map<string, string>();
  #hasChanged = false;
  #last: string | undefined;

  add(accessToken: string, sessionId: string): void {
    if (this.#last !== undefined && this.#last !== sessionId) this.#hasChanged = true;
    this.#last = sessionId;
    this.#sessionIds.set(accessToken, sessionId);
    for (const oldest of this.#sessionIds.keys()) {
      if (this.#sessionIds.size <= maxTokens) return;
      this.#sessionIds.delete(oldest);
    }
  }

  /**
   * Checks whether a token belongs to a session. A token that was dropped belongs to it only if there was never another
   * session.
   */
  belongs(accessToken: string, sessionId: string | undefined): boolean {
    const found = this.#sessionIds.get(accessToken);
    return found === undefined ? !this.#hasChanged : found === sessionId;
  }
}
