/** The number of retries that a client may still make. Clients made by `withOptions` share one budget. */
export interface RetryBudget {
  /** The largest number of retries that can be left. */
  readonly capacity: number;
  /** The number of retries left. Each retry subtracts one, and each success adds a tenth. */
  left: number;
}

/** Creates a full budget. */
export function retryBudget(capacity = 100): RetryBudget {
  return { capacity, left: capacity };
}
