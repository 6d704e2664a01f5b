import { bool, type Json, objectOf, optional, string } from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";

/** The version, the build and the licence of a server. */
export interface VydonSystemInformation {
  /** The tagged version, such as `v0.5.20`. */
  readonly version: string;
  /** The hash of the commit that it was built from. */
  readonly commit: string;
  /** The compiler that built it. */
  readonly compiler: string;
  /** The operating system and processor that it was built for. */
  readonly platform: string;
  /** When it was built. */
  readonly buildDate: Date;
  /** The server's licence. Older servers leave it out. */
  readonly license?: VydonLicense;
}

/** A server's licence. */
export interface VydonLicense {
  /** Whether the server considers it valid. */
  readonly isValid: boolean;
  /** Left out if it does not expire. */
  readonly expiresAt?: Date;
  /** Whether the server is the vendor's cloud (Vydon's or Neosync's). */
  readonly isCloud: boolean;
}

/** @internal */
export function toSystemInformation(json: Json): VydonSystemInformation {
  return {
    version: string(json, "version"),
    commit: string(json, "commit"),
    compiler: string(json, "compiler"),
    platform: string(json, "platform"),
    buildDate: date(json, "buildDate"),
    ...optional(json, "license", objectOf(toLicense)),
  };
}

function toLicense(json: Json): VydonLicense {
  return {
    isValid: bool(json, "isValid"),
    // The field was renamed when Vydon was forked.
    isCloud: bool(json, "isVydonCloud") || bool(json, "isNeosyncCloud"),
    ...optional(json, "expiresAt", date),
  };
}
