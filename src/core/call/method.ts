import { invalidArgument } from "../errors/invalid-argument.js";

/**
 * An RPC, for `client.call`. `tenantry/vydon/methods`, `tenantry/ona/methods` and `tenantry/fam/methods` export one
 * value for each RPC. You can also write one by hand:
 *
 * ```ts
 * const getReport: Method<{ id: string }, { url?: string }> = {
 *   service: "acme.v1.ReportService",
 *   name: "GetReport",
 *   idempotency: "no_side_effects",
 * };
 * const { url } = await client.call(getReport, { id: "42" });
 * ```
 *
 * `Request` and `Response` are the JSON forms of the RPC's messages.
 */
export interface Method<Request = unknown, Response = unknown> {
  /** The service's full name, such as `mgmt.v1alpha1.UserAccountService`. It is part of the URL. */
  readonly service: string;
  /** The RPC's name, such as `GetUser`. It is the last part of the URL. */
  readonly name: string;
  /**
   * Whether the same request can be sent twice without harm. `"no_side_effects"`: it only reads, and may be sent as
   * HTTP GET. `"idempotent"`: a second request leaves the same state. `"unknown"`: a failed call is retried only if the
   * server certainly did not act.
   */
  readonly idempotency: "unknown" | "no_side_effects" | "idempotent";
  /** Holds the two types for the compiler. It is never set. */
  readonly _types?: {
    /** The type of the request. */
    readonly request: Request;
    /** The type of the response. */
    readonly response: Response;
  };
}

/**
 * Checks a method, which may be written by hand. Without this check, a method without `idempotency` would be retried.
 *
 * @throws InvalidArgumentError if a field is missing or wrong.
 */
export function checkMethod(method: Method): void {
  const { service, name, idempotency } = method ?? {};
  const isKnown = ["unknown", "no_side_effects", "idempotent"].includes(idempotency);
  if (typeof service === "string" && typeof name === "string" && isKnown) return;
  throw invalidArgument("method", "must have a `service`, a `name` and an `idempotency`");
}
