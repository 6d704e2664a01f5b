import { isObject, type Json } from "../../src/mock/node/recording/recorded-call.js";
import type { Received } from "../../src/mock/node/verify/send.js";

/**
 * Returns a response without the values that were faked for the recording: the names of people (they end in a space), and the expiry of the
 * cloud's licence.
 */
export function withoutFakes<Call extends Received>(call: Call): Call {
  return { ...call, response: honest(call.response) };
}

function honest(value: Json): Json {
  if (Array.isArray(value)) return value.map(honest);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => {
    if (key === "name" && typeof item === "string") return [key, item.trimEnd()];
    if (key === "license" && isCloudLicense(item)) return [key, { ...item, expiresAt: "" }];
    return [key, honest(item)];
  });
  return Object.fromEntries(entries);
}

function isCloudLicense(value: Json): value is { [key: string]: Json } {
  return isObject(value) && "isNeosyncCloud" in value;
}
