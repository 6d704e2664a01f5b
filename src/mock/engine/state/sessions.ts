import { type Check, nullable, object, text, time } from "../check-json.js";
import { failure } from "../errors.js";
import type { Clock } from "../time/clock.js";
import { toMs } from "../time/duration.js";
import type { PastTokens } from "./past-tokens.js";
import type { Entity, Table } from "./tables.js";

/** A token (the row's id) and its holder. */
export interface SessionRow<Who> extends Entity {
  readonly who: Who;
  /** Milliseconds since 1970. Null for a token that never expires. */
  readonly expiresAt: number | null;
}

/** The check for a {@link SessionRow}. `who` checks its holder. */
export function sessionRow<Who>(who: Check<Who>): Check<SessionRow<Who>> {
  return object<SessionRow<Who>>({ id: text, who, expiresAt: nullable(time) });
}

/** A table of tokens, with any indexes. */
type SessionTable<Who> = Pick<Table<SessionRow<Who>>, "get" | "has" | "insert" | "delete" | "update">;

/** The time after its expiry at which no API accepts a token any more, in milliseconds. */
const longAgoMs = toMs("1h");

/** The tokens of one API. A token is looked up as a whole. Its content is not read. */
export class Sessions<Who> {
  readonly #table: SessionTable<Who>;
  readonly #clock: Clock;
  readonly #past: PastTokens;

  /** The tokens are in a table, and expire by a clock. `past` contains the tokens that were removed. */
  constructor(table: SessionTable<Who>, clock: Clock, past: PastTokens) {
    this.#table = table;
    this.#clock = clock;
    this.#past = past;
  }

  /** Adds a token of the holder `who`. It expires at `expiresAt`, milliseconds since 1970; null for never. @throws Error if it is taken. */
  open(token: string, who: Who, expiresAt: number | null): void {
    if (this.#table.has(token)) throw new Error(`token ${token} is taken`);
    this.#table.insert({ id: token, who, expiresAt });
  }

  /** Deletes a token. Does nothing if the token is unknown. */
  revoke(token: string): void {
    if (this.has(token)) this.#past.addRevoked(token);
    this.#table.delete(token);
  }

  /** Checks whether a token is known. It may be expired. */
  has(token: string): boolean {
    return this.#table.has(token);
  }

  /** Makes a token expired for every API. Does nothing if the token is unknown. */
  expire(token: string): void {
    if (this.has(token)) this.#table.update(token, { expiresAt: this.#clock.now() - longAgoMs });
  }

  /**
   * Returns the holder of the token in the call's `Authorization: Bearer …`.
   *
   * @throws ConnectError `unauthenticated` if the token is missing, unknown or expired.
   */
  authenticate(header: Headers): Who {
    const token = tokenIn(header.get("authorization"));
    if (token === undefined)
      throw failure("unauthenticated", "must provide a bearer token in the authorization header");
    const session = this.#table.get(token);
    if (session === undefined) {
      throw failure("unauthenticated", `token is not valid${this.#past.explain(token)}`);
    }
    if (session.expiresAt !== null && session.expiresAt <= this.#clock.now()) {
      throw failure("unauthenticated", "token is expired");
    }
    return session.who;
  }
}

/** Returns the token in `Bearer …`, the value of an `Authorization` header. Undefined if there is none. */
export function tokenIn(authorization: string | null | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
}
