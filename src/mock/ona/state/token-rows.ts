import type { Entity } from "../../engine/state/tables.js";
import type { OnaCaller } from "./rows.js";

/** What is known of a personal access token. Its secret is a session's id. Points in time are milliseconds since 1970. */
export interface OnaTokenRow {
  /** UUID. */
  readonly id: string;
  /** UUID of the user that it stands for. */
  readonly userId: string;
  /** What it is for, in its maker's words. */
  readonly description: string;
  /** UUID of the user who made it. */
  readonly creatorId: string;
  /** When it was made. */
  readonly createdAt: number;
  /** Until when it works. Null for one that never expires, which only a seed can have. */
  readonly expiresAt: number | null;
  /** When a call was last made with it. Null before the first one. */
  readonly lastUsed: number | null;
  /** Whether it can only read. */
  readonly readOnly: boolean;
}

/** An exchange token. `id` is the token. It is deleted when it is used. */
export interface ExchangeTokenRow extends Entity {
  /** The holder of the access token. */
  readonly who: OnaCaller;
  /** How long the access token works, in milliseconds. */
  readonly lifeMs: number;
}
