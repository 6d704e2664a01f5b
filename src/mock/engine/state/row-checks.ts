import { type Check, nullable, object, text, time } from "../check-json.js";
import type { SessionRow } from "./sessions.js";
import type { Table } from "./tables.js";

/** A check for the rows of every table of a state. */
export type RowChecks<State> = {
  readonly [Name in keyof State]: State[Name] extends Table<infer Row, infer _> ? Check<Row> : never;
};

/** Accepts a session; `who` checks its holder. */
export function sessionRow<Who>(who: Check<Who>): Check<SessionRow<Who>> {
  return object<SessionRow<Who>>({ id: text, who, expiresAt: nullable(time) });
}
