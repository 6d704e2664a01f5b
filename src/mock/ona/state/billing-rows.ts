import type { Entity } from "../../engine/state/tables.js";

/** A kind of work that uses credits. */
export type OnaUsageType = "environment" | "agentic";

/** Credits that a user used, as the server stores them. */
export interface OnaCreditUsageRow {
  /** The record's id, a UUID. */
  readonly id: string;
  /** UUID of the organization. */
  readonly organizationId: string;
  /** UUID of the user, who may have been deleted since then. */
  readonly userId: string;
  /** When they were used, in milliseconds since 1970. */
  readonly at: number;
  /** The kind of work. */
  readonly type: OnaUsageType;
  /** How many credits, with fractions. */
  readonly credits: number;
  /** UUID of the environment or of the conversation. */
  readonly resourceId: string;
  /** The name of the environment or of the conversation. */
  readonly resource: string;
}

/** A file of usage. `id` is the secret in its link. */
export interface UsageExportRow extends Entity {
  readonly organizationId: string;
  /** The user who may load it. */
  readonly userId: string;
  /** The start of the first day. */
  readonly from: number;
  /** The end of the last day. */
  readonly to: number;
  /** What each line of the file sums up: one day of one user, or one resource. */
  readonly groupBy: "daily_summary" | "resource";
  /** When the link expires. */
  readonly expiresAt: number;
}
