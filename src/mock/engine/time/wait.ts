// Test runners don't fake MessageChannel, AbortSignal.timeout and the time stamps of events. Timers are used only on platforms
// without these three. This module reads the timers when it loads, because a test runner may replace them later.
const { setTimeout, clearTimeout, setImmediate, clearImmediate, performance } = globalThis;

/** The longest delay of a platform's timer, in milliseconds. A longer wait is made of several. */
export const longestDelay = 2 ** 31 - 1;

/**
 * Calls `callback` as soon as no other code is running. Returns a function that cancels it. The wait keeps a Node process alive.
 */
export function whenIdle(callback: () => void): () => void {
  if (typeof MessageChannel === "function") return nextTurn(callback);
  if (typeof setImmediate !== "function") return afterTimer(0, callback);
  const immediate = setImmediate(callback);
  return () => clearImmediate(immediate);
}

/**
 * Calls `callback` after `ms` real milliseconds, or after 24 days if that is earlier. Returns a function that cancels
 * it.
 */
export function after(ms: number, callback: () => void): () => void {
  const delay = Math.ceil(Math.min(Math.max(ms, 0), longestDelay));
  if (typeof MessageChannel !== "function" || typeof AbortSignal.timeout !== "function") {
    return afterTimer(delay, callback);
  }
  const signal = AbortSignal.timeout(delay);
  // A signal of `AbortSignal.timeout` does not keep the process alive, but this wait must end.
  const release = channels[0].hold();
  const onTime = () => {
    release();
    callback();
  };
  signal.addEventListener("abort", onTime, { once: true });
  return () => {
    signal.removeEventListener("abort", onTime);
    release();
  };
}

/** Returns the real milliseconds since any fixed point. They never decrease, even if the machine's time is set back. */
export function elapsedMs(): number {
  const stamp = typeof Event === "function" ? new Event("now").timeStamp : 0;
  return stamp > 0 ? stamp : performance.now();
}

function afterTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

/** A message port of Node, which keeps the process alive only after `ref()`. */
interface NodePort {
  ref(): void;
  unref(): void;
}

/** Messages that the program sends to itself. They share one channel, because a new channel costs as much as a call. */
class Messages {
  #channel: MessageChannel | undefined;
  readonly #waiting = new Set<() => void>();
  #holds = 0;

  /** Calls `callback` when the next message arrives. */
  next(callback: () => void): () => void {
    const release = this.hold();
    const onMessage = () => {
      release();
      callback();
    };
    this.#waiting.add(onMessage);
    this.#channel?.port2.postMessage(undefined);
    return () => {
      if (this.#waiting.delete(onMessage)) release();
    };
  }

  /** Keeps a Node process alive until the function that it returns is called. */
  hold(): () => void {
    this.#channel ??= this.#open();
    if (this.#holds++ === 0) asNodePort(this.#channel.port1)?.ref();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      if (--this.#holds === 0) asNodePort(this.#channel?.port1)?.unref();
    };
  }

  #open(): MessageChannel {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      // Each waiting callback has sent one message. The oldest callback handles this one.
      for (const onMessage of this.#waiting) {
        this.#waiting.delete(onMessage);
        onMessage();
        return;
      }
    };
    asNodePort(channel.port2)?.unref();
    return channel;
  }
}

function asNodePort(port: object | undefined): NodePort | undefined {
  return port !== undefined && isNodePort(port) ? port : undefined;
}

function isNodePort(port: object): port is NodePort {
  return "ref" in port && "unref" in port;
}

/**
 * Two channels, used in turn. Node delivers all messages of one channel before it handles files or connections, so with one channel the
 * clock would run ahead of code that waits for them.
 */
const channels = [new Messages(), new Messages()] as const;
let turn: 0 | 1 = 0;

function nextTurn(callback: () => void): () => void {
  turn = turn === 0 ? 1 : 0;
  return channels[turn].next(callback);
}
