/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A call and the real server's response. */
export interface RecordedCall {
  /** The number of its line. */
  readonly step: number;
  /** When it was sent, in ISO 8601. */
  readonly time: string;
  /** The placeholder of the token that was sent. Null if there was none. */
  readonly as: string | null;
  /** The placeholder of the email in the token, if it has one. */
  readonly email?: string;
  /** The full name of the service. */
  readonly service: string;
  readonly method: string;
  /** The request as JSON. */
  readonly request: Json;
  /** The parts of this call that are not in the recording. */
  readonly unrecorded?: readonly Unrecorded[];
  readonly httpStatus: number;
  readonly code: string | null;
  readonly message: string | null;
  readonly details: Json;
  readonly response: Json;
}

/** A part of a call that is not in the recording. The schema does not have it, so it may be a secret. */
export type Unrecorded =
  | "the method"
  | "the request"
  | "the response"
  | "fields of the request"
  | "fields of the response"
  | "details of the error"
  | "the form of the credentials";

/** The error fields of a call that succeeded. */
export const noError = { code: null, message: null, details: null };

/** Parses a string as JSON. Returns undefined if it is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    const json: Json = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}

/** Checks whether a JSON value is an object. */
export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
