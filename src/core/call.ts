import { type ContextValues, createContextKey, createContextValues } from "@connectrpc/connect";
import type { CallRetryOptions } from "./retry-policy.js";

/** One call of a method, whatever number of attempts it takes. The same object in each of its events. */
export interface CallInfo {
  /** The service's full name, such as `mgmt.v1alpha1.UserAccountService`. */
  readonly service: string;
  /** The method's name, such as `GetUser`. */
  readonly method: string;
  /** The client's `baseUrl`, where it has one. */
  readonly baseUrl: string | undefined;
  /** When the call began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
}

/** What the layers share about one call: made by the outermost one, found by the others in the context values. */
export interface Call {
  readonly info: CallInfo;
  /** When the call must have ended, in milliseconds since the Unix epoch; Infinity for never. */
  readonly deadline: number;
  /** Requests sent so far. */
  attempts: number;
  /** Whether a token went with the last request. */
  authenticated: boolean;
}

const callKey = createContextKey<Call | undefined>(undefined, { description: "tenantry call" });
const retryKey = createContextKey<CallRetryOptions | false | undefined>(undefined, {
  description: "tenantry retry options",
});

/** The caller's context values with the call's own among them. */
export function withCall(values: ContextValues | undefined, call: Call): ContextValues {
  return overlay(values).set(callKey, call);
}

/** The call that context values belong to. */
export function callOf(values: ContextValues | undefined): Call | undefined {
  return values?.get(callKey);
}

/** The retry options given for this one call. */
export function retryOptionsOf(values: ContextValues | undefined): CallRetryOptions | false | undefined {
  return values?.get(retryKey);
}

/** Context values that carry retry options to the retry layer. */
export function withRetryOptions(
  values: ContextValues | undefined,
  retry: CallRetryOptions | false,
): ContextValues {
  return overlay(values).set(retryKey, retry);
}

/** New context values that show through to the caller's own, which are never written to. */
function overlay(base: ContextValues | undefined): ContextValues {
  const values = createContextValues();
  if (!base) return values;
  const own = new Set<symbol>();
  return {
    get: (key) => (own.has(key.id) ? values : base).get(key),
    set(key, value) {
      own.add(key.id);
      values.set(key, value);
      return this;
    },
    delete(key) {
      own.add(key.id);
      values.delete(key);
      return this;
    },
  };
}
