import { type Check, nullable, number, object, type Shape, text } from "../check-json.js";
import type { SessionRow } from "./sessions.js";
import type { Entity } from "./tables.js";

/** A check for every table of a state, so that none is forgotten. */
export type RowChecks<State> = { readonly [Name in keyof State]: Check };

/** Accepts a row; its `id` needs no saying. */
export function row<Row extends Entity>(shape: Omit<Shape<Row>, "id">): Check {
  return object({ id: text, ...shape });
}

/** Accepts a session; `who` looks at whom the token stands for. */
export function sessionRow(who: Check): Check {
  return row<SessionRow<unknown>>({ who, expiresAt: nullable(number) });
}
