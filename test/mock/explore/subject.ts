import { createRouterTransport, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import type { CallRecord, FaultHandle, MockServer } from "tenantry/mock";
import { type Internals, internalsOf } from "../../../src/mock/internals.js";
import type { ApiName } from "./operations.js";

/** A token that a test has got. */
export interface Token {
  readonly api: ApiName;
  readonly token: string;
}

/** A timer on a server's clock. */
export interface Timer {
  readonly at: number;
  readonly cancel: () => void;
  state: "waits" | "fired" | "canceled" | "dropped";
}

/** A server of a run: the first one, a world or a fork. The other fields are what must be true of it. */
export class Subject {
  readonly name: string;
  readonly server: MockServer;
  readonly isStrict: boolean;
  /** The server whose worlds this server belongs to. */
  readonly home: Subject;
  readonly internals: Internals;
  /** Its state at the last seed. */
  origin: string;
  /** The entries that the log has, oldest first. */
  log: CallRecord[] = [];
  /** All calls that have begun. */
  readonly begun: CallRecord[] = [];
  readonly tokens: Token[] = [];
  timers: Timer[] = [];
  /** The faults that are set, and those that were. */
  readonly faults: FaultHandle[] = [];
  readonly unwatch: (() => void)[] = [];
  /** Is called with the headers of each request to `server.fetch`. */
  onFetch: (header: Headers) => void = () => {};
  /** How often it was reset, restored or ended. */
  eras = 0;
  /** Counts what may have changed its state. */
  changes = 0;
  /** How long its clock has run in real time, and how long it had at the last seed or reset, in milliseconds. */
  ranMs = 0;
  originRanMs = 0;
  /** How many calls and sleeps are under way. */
  open = 0;
  isEnded = false;
  /** Whether something was done to it since the last check. */
  isTouched = true;
  /** What was seen at the last check. */
  seen = "";
  readonly #transports = new Map<string, Transport>();

  constructor(name: string, server: MockServer, isStrict: boolean, home?: Subject) {
    const internals = internalsOf(server);
    if (internals === undefined) throw new Error("the server has no internals");
    this.name = name;
    this.server = server;
    this.isStrict = isStrict;
    this.home = home ?? this;
    this.internals = internals;
    this.origin = this.text;
  }

  /** The state, the ids and the time, as text. */
  get text(): string {
    return JSON.stringify(this.server.snapshot());
  }

  /** The state and the ids, without the time. */
  get state(): string {
    const { now: _, ...state } = this.server.snapshot();
    return JSON.stringify(state);
  }

  /** All that another server must not change. */
  get visible(): string {
    const { server } = this;
    const { calls, faults, clock } = server;
    return [this.text, calls.count, calls.dropped, faults.all().length, clock.isRunning].join();
  }

  /** A transport to the server. */
  transport(name: TransportName): Transport {
    const known = this.#transports.get(name) ?? transports[name](this);
    this.#transports.set(name, known);
    return known;
  }

  /** Forgets what a reset, a restore or the end of a world drops. */
  endEra(): void {
    this.eras++;
    for (const timer of this.timers) if (timer.state === "waits") timer.state = "dropped";
  }
}

/** The kinds of transports to a server. */
export type TransportName = "json" | "binary" | "transport" | "router";

const baseUrl = "https://api.example.com";

const transports: Readonly<Record<TransportName, (subject: Subject) => Transport>> = {
  json: (subject) => createConnectTransport({ baseUrl, fetch: fetchOf(subject), useHttpGet: true }),
  binary: (subject) => createConnectTransport({ baseUrl, fetch: fetchOf(subject), useBinaryFormat: true }),
  transport: ({ server }) => server.transport(),
  router: ({ server }) => createRouterTransport((router) => server.routes(router)),
};

function fetchOf(subject: Subject): MockServer["fetch"] {
  return (input, init) => {
    subject.onFetch(new Headers(init?.headers));
    return subject.server.fetch(input, init);
  };
}
