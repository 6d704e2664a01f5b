import type { FaultJson, InjectedFaultJson } from "../../../../../../gen/tenantry/mock/v1/admin_pb.js";
import { spanOf } from "../format.js";

/** Returns a short text of what a fault does: "unavailable, after 1.5 s". */
export function effectText({ code, wire, latency, retryAfter }: FaultJson): string {
  const parts = [code ?? wire];
  if (latency !== undefined)
    parts.push(
      code === undefined && wire === undefined ? `delayed by ${spanOf(latency)}` : `after ${spanOf(latency)}`,
    );
  if (retryAfter !== undefined) parts.push(`Retry-After ${spanOf(retryAfter)}`);
  return parts.filter((part) => part !== undefined).join(", ") || "nothing";
}

/** Returns a short text of the calls that a fault is for: "GetUser, one call in 2, 3 times". */
export function scopeText({ method, accountId, after, every, probability, times }: FaultJson): string {
  const parts = [method ?? "every RPC"];
  if (accountId !== undefined) parts.push(`account ${accountId}`);
  if (after !== undefined && after > 0) parts.push(`after the first ${after}`);
  if (every !== undefined && every > 1) parts.push(`one call in ${every}`);
  if (typeof probability === "number" && probability < 1)
    parts.push(`${Math.round(probability * 100)} % of them`);
  if (times !== undefined) parts.push(times === 1 ? "once" : `${times} times`);
  return parts.join(", ");
}

/** Checks whether a fault has hit all the calls that it may hit. */
export function isUsedUp({ times }: FaultJson, hits: number): boolean {
  return times !== undefined && hits >= times;
}

/** Returns the faults that may still hit a call. */
export function activeFaults(faults: readonly InjectedFaultJson[]): InjectedFaultJson[] {
  return faults.filter(({ fault = {}, hits = 0 }) => !isUsedUp(fault, hits));
}
