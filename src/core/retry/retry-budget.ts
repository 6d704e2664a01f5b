/** The retries that a client may still spend. Clients made by `withOptions` share one budget. */
export interface RetryBudget {
  /** The most retries that can be left. */
  readonly capacity: number;
  /** Retries left. Each retry takes one out, and each success puts a tenth back. */
  left: number;
}

/** A full budget. */
export function retryBudget(capacity = 100): RetryBudget {
  return { capacity, left: capacity };
}
