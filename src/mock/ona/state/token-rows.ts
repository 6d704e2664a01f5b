import type { Entity } from "../../engine/state/tables.js";
import type { OnaCaller } from "./rows.js";

/** A personal access token. Its secret is the id of a session. Points in time are milliseconds since 1970. */
export interface OnaTokenRow {
  /** The token's id, a UUID. */
  readonly id: string;
  /** UUID of the user that it is for. */
  readonly userId: string;
  /** The purpose, in the words of the user who created the token. */
  readonly description: string;
  /** UUID of the user who created it. */
  readonly creatorId: string;
  /** When it was created. */
  readonly createdAt: number;
  /** When it expires. Null for a token that never expires. Only a seed can create one. */
  readonly expiresAt: number | null;
  /** When the last call was made with it. Null until the first call. */
  readonly lastUsed: number | null;
  /** Whether it can only read. */
  readonly readOnly: boolean;
}

/** An exchange token. `id` is the token. It is deleted when it is used. */
export interface ExchangeTokenRow extends Entity {
  /** The holder of the access token. */
  readonly who: OnaCaller;
  /** How long the access token is valid, in milliseconds. */
  readonly lifeMs: number;
}
