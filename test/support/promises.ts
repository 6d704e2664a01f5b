import { ApiError } from "tenantry";

/** Resolves when all pending promise callbacks have run. No virtual time passes. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Creates a promise, and the functions that settle it. */
export function deferred<T = void>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((onValue, onReason) => {
    resolve = onValue;
    reject = onReason;
  });
  return { promise, resolve, reject };
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
