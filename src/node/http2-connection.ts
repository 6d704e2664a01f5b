import type { ClientHttp2Stream, OutgoingHttpHeaders } from "node:http2";
import { connectionError, Http2Session, type SessionOptions } from "./http2-session.js";

/**
 * The HTTP/2 connection of a transport, which connect-node calls a session manager. The first request opens a session.
 * After a session was lost, the next request opens another one.
 *
 * connect-node's own manager leaves some sessions without a listener for errors, which ends the process. It finds a dead
 * connection only if it pings all the time.
 */
export class Http2Connection {
  readonly authority: string;
  readonly #options: SessionOptions;
  /** All sessions that are not closed. The last one accepts requests; the others finish theirs. */
  readonly #sessions = new Set<Http2Session>();
  #current: Http2Session | undefined;
  #checking: Promise<void> | undefined;
  #isClosed = false;

  constructor(baseUrl: string, options: SessionOptions) {
    this.authority = new URL(baseUrl).origin;
    this.#options = options;
  }

  /** Opens a stream, on a new session if there is none. */
  async request(method: string, path: string, headers: OutgoingHttpHeaders): Promise<ClientHttp2Stream> {
    await this.#checking;
    const session = await this.#usableSession();
    const stream = session.request({ ...headers, ":method": method, ":path": path });
    reportEnd(stream, session);
    return stream;
  }

  /** Does nothing. connect-node calls it, but a session observes its traffic itself. */
  notifyResponseByteRead(): void {}

  /**
   * Checks the session, because a request on it ran out of time. Requests that follow wait for the check. A session that does
   * not respond or open is destroyed, and the next request opens another one. Otherwise, all calls would fail until the
   * system closes the connection.
   */
  check(): void {
    const session = this.#current;
    if (!session || this.#checking) return;
    this.#checking = session
      .isAlive()
      .then((alive) => {
        if (alive) return;
        this.#retire(session);
        session.destroy("the connection does not respond");
      })
      .finally(() => {
        this.#checking = undefined;
      });
  }

  /** Ends all sessions and their requests. Later requests fail. */
  close(): void {
    this.#isClosed = true;
    for (const session of this.#sessions) session.destroy("the connection was closed");
  }

  /** Returns a session that accepts requests. Stops after three sessions that the server closes at once. */
  async #usableSession(): Promise<Http2Session> {
    for (let tries = 1; ; tries++) {
      this.#current ??= this.#open();
      const session = this.#current;
      await session.opened;
      if (session.isUsable || tries === 3) return session;
      this.#retire(session);
    }
  }

  #open(): Http2Session {
    if (this.#isClosed) throw connectionError("the connection was closed");
    const session = new Http2Session(this.authority, this.#options, {
      onEnd: () => this.#retire(session),
      onClose: () => this.#sessions.delete(session),
      onSilence: () => this.check(),
    });
    this.#sessions.add(session);
    return session;
  }

  #retire(session: Http2Session): void {
    if (this.#current === session) this.#current = undefined;
  }
}

/**
 * Reports two endings that connect-node does not report correctly. If the server closes a stream without an error and without a
 * response, connect-node waits until the timeout. If the connection is lost, it reports a canceled stream.
 */
function reportEnd(stream: ClientHttp2Stream, session: Http2Session): void {
  let hasResponse = false;
  stream.once("response", () => {
    hasResponse = true;
  });
  // An error without a listener would end the process.
  stream.on("error", () => {});
  stream.once("close", () => {
    // connect-node reports all other codes itself: 0 is NO_ERROR, 5 is STREAM_CLOSED, 8 is CANCEL.
    const { rstCode } = stream;
    if (rstCode === 8 && session.isLost)
      stream.emit("error", connectionError("the server closed the connection"));
    else if (!hasResponse && (rstCode === 0 || rstCode === 5)) {
      stream.emit(
        "error",
        connectionError("the server closed the stream without a response", "ERR_HTTP2_STREAM_ERROR"),
      );
    }
  });
}
