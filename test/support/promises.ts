import { ApiError } from "../../src/core/errors/api-error.js";

/** Resolves when all pending promise callbacks have run. No virtual time passes. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Returns the reason that a promise rejects with. */
export async function failureOf(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (reason) {
    return reason;
  }
  throw new Error("the promise did not reject");
}

/** Returns the `ApiError` that a promise rejects with. */
export async function apiErrorOf(promise: PromiseLike<unknown>): Promise<ApiError> {
  const reason = await failureOf(promise);
  if (reason instanceof ApiError) return reason;
  throw reason;
}
