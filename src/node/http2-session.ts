import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
  type SecureClientSessionOptions,
} from "node:http2";
import type { Socket } from "node:net";
import { longestTimerMs } from "../core/call/clock.js";

/**
 * How many ticks a checked session has to open or to respond to a ping. Ticks are counted, not time: a process that was
 * stopped has one long tick, and reads the response that has arrived before the next one.
 */
const checkTicks = 4;

/** The length of a tick, in milliseconds. */
const checkTickMs = 250;

/** How long a session may take to open, in milliseconds. */
const longestOpeningMs = 10_000;

/** How an {@link Http2Session} behaves. */
export interface SessionOptions {
  readonly tls: SecureClientSessionOptions | undefined;
  /** After how many milliseconds without traffic to call `onSilence`. Undefined, or longer than timers can wait, for never. */
  readonly pingIntervalMs: number | undefined;
  /** After how many milliseconds without a stream the session is closed. */
  readonly idleMs: number;
}

/** The events of an {@link Http2Session}. */
export interface SessionEvents {
  /**
   * Called when the session accepts no more requests. Requests under way may still succeed. It may be called more than
   * once.
   */
  onEnd(): void;
  /** Called when the session and all its streams are closed. */
  onClose(): void;
  /** Called when there are streams, but no traffic for a while, and again after each further while. */
  onSilence(): void;
}

/** One HTTP/2 session. It keeps the process alive only while it has streams. */
export class Http2Session {
  readonly #session: ClientHttp2Session;
  /** Undefined until it is open. */
  #socket: Socket | undefined;
  readonly #idleMs: number;
  #streams = 0;
  #isEnding = false;
  /** Gives the session up if it does not open, and closes it if it is idle. */
  #timer: NodeJS.Timeout | undefined;
  /** Resolves when it is open. Rejects if it does not open. */
  readonly opened: Promise<void>;

  constructor(authority: string, options: SessionOptions, events: SessionEvents) {
    // A pushed stream would have no listener for its error, which ends the process.
    const session = connect(authority, { ...options.tls, settings: { enablePush: false } });
    this.#session = session;
    this.#idleMs = options.idleMs;
    this.opened = new Promise((resolve, reject) => {
      session.once("connect", () => resolve());
      // This listener is never removed, because an error event without a listener ends the process. The streams report
      // the error.
      session.on("error", reject);
      session.once("close", () => reject(connectionError("the connection was closed")));
    });
    // Node sets no limit for a TLS handshake.
    this.#after(longestOpeningMs, () => this.destroy("the connection did not open in time"));
    session.once("connect", (_session, socket) => {
      this.#socket = socket;
      this.#onIdle();
    });
    session.once("close", () => {
      clearTimeout(this.#timer);
      events.onEnd();
      events.onClose();
    });
    session.once("goaway", () => {
      this.#isEnding = true;
      events.onEnd();
      this.#onIdle();
    });
    const { pingIntervalMs = Infinity } = options;
    if (pingIntervalMs <= longestTimerMs) {
      session.setTimeout(pingIntervalMs);
      session.on("timeout", () => {
        // Without streams, the next request starts the time again.
        if (this.#streams === 0) return;
        session.setTimeout(pingIntervalMs);
        events.onSilence();
      });
    }
  }

  /** Whether it accepts requests. */
  get isUsable(): boolean {
    return !this.#isEnding && !this.#session.closed && !this.#session.destroyed;
  }

  /** Whether it is gone, and its streams with it. */
  get isLost(): boolean {
    return this.#session.destroyed;
  }

  /** Opens a stream. */
  request(headers: OutgoingHttpHeaders): ClientHttp2Stream {
    const stream = this.#session.request(headers);
    stream.once("aborted", () => {
      // Node ends the message of an aborted request before it resets the stream, so the server would get an empty message,
      // which is valid in the binary format. A stream that is closed without an error closes only if its message has ended.
      if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) stream.end = () => stream;
    });
    clearTimeout(this.#timer);
    this.#streams++;
    this.#session.ref();
    stream.once("close", () => {
      this.#streams--;
      this.#onIdle();
    });
    return stream;
  }

  /**
   * Checks whether it opens or, if it is open, responds to a ping within a second. This is real time, even for a client with a
   * virtual clock, because the connection is real.
   */
  isAlive(): Promise<boolean> {
    return new Promise((resolve) => {
      let ticks = 0;
      const timer = setInterval(() => {
        if (++ticks === checkTicks) end(false);
      }, checkTickMs);
      const end = (alive: boolean) => {
        clearInterval(timer);
        resolve(alive);
      };
      if (this.#session.connecting)
        this.opened.then(
          () => end(true),
          () => end(false),
        );
      // A ping on a session that is gone throws.
      else if (this.#session.destroyed || !this.#session.ping((error) => end(error === null))) end(false);
    });
  }

  /** Ends the session and its streams, which fail with this text. */
  destroy(text: string): void {
    // No request was sent on a session that never opened.
    const code = this.#session.connecting ? "ERR_HTTP2_CONNECT_TIMEOUT" : "ECONNRESET";
    this.#session.destroy(connectionError(text, code), constants.NGHTTP2_CANCEL);
    this.#socket?.destroySoon();
  }

  /** Does nothing while there are streams. Otherwise closes a session that is ending, or starts the time of an idle one. */
  #onIdle(): void {
    if (this.#streams > 0) return;
    if (this.#isEnding) this.#close();
    if (this.#session.destroyed) return;
    this.#session.unref();
    this.#after(this.#idleMs, () => this.#close());
  }

  /** Closes the session, and its connection without a wait for the server: Node would keep half of it open. */
  #close(): void {
    this.#session.close();
    this.#socket?.destroySoon();
  }

  /** Runs a step after a time, in place of an earlier one. The timer is real, because the connection is real. */
  #after(ms: number, step: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(step, Math.min(ms, longestTimerMs));
    // In Jest's jsdom environment, a timer is a number.
    this.#timer.unref?.();
  }
}

/** Creates an error with the code of a network failure. */
export function connectionError(text: string, code = "ECONNRESET"): Error {
  return Object.assign(new Error(text), { code });
}
