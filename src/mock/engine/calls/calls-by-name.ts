import type { DescMethodUnary, DescService, MessageShape } from "@bufbuild/protobuf";
import type { CallRecord } from "./calls.js";

/** The calls of each method of an API's services, by name: `GetUser`, and with the API's name before it, `vydon.GetUser`. */
export type CallsByName<Api extends string, Service extends DescService> = Service extends DescService
  ? {
      [Local in keyof Service["method"] & string as
        | Capitalize<Local>
        | `${Api}.${Capitalize<Local>}`]: Service["method"][Local] extends DescMethodUnary<infer I, infer O>
        ? CallRecord<MessageShape<I>, MessageShape<O>>
        : never;
    }
  : never;

/** Several maps of calls as one. If two methods have the same name, it has the calls of both. */
export type Merged<Maps> = {
  [Name in Maps extends unknown ? keyof Maps : never]: Maps extends { readonly [Key in Name]: infer Call }
    ? Call
    : never;
};
