import type { DescMethod, MessageInitShape } from "@bufbuild/protobuf";
import { durationFromMs, timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { CallerSchema, CallSchema, ListCallsRequest } from "../../../gen/tenantry/mock/v1/admin_pb.js";
import { servedServices } from "../apis.js";
import type { Caller, CallRecord } from "../engine/calls/calls.js";
import { isNameOf } from "../engine/calls/method-names.js";
import { codeNameOf } from "../engine/errors.js";
import type { MockServer } from "../mock-server.js";
import { toFault } from "./faults.js";
import { toObject } from "./to-object.js";

/** The server that a call reached. */
export type CalledServer = Pick<MockServer, "world" | "faults">;

/** The part of a log that is read. */
interface ReadableCalls {
  readonly dropped: number;
  all(): CallRecord[];
  kept(): CallRecord[];
  of(method: string): CallRecord[];
}

/**
 * Returns the calls that a request selects, as messages.
 *
 * @throws Error for a method that no server has, and if some of the calls were dropped.
 */
export function readCalls(
  server: CalledServer & { readonly calls: ReadableCalls },
  { method, accountId, limit }: ListCallsRequest,
): MessageInitShape<typeof CallSchema>[] {
  const isSelected = (call: CallRecord) =>
    (method === undefined || isNameOf(method, call)) &&
    (accountId === undefined || accountId === call.accountId);
  const { calls } = server;
  const { dropped } = calls;
  const found = calls
    .kept()
    .map((call, index) => ({ call, number: dropped + index + 1 }))
    .filter(({ call }) => isSelected(call));
  // The last calls may still be in the log even if older ones were dropped.
  if (limit === undefined || found.length < limit) throwIfDropped(calls, method);
  return found
    .slice(Math.max(0, found.length - (limit ?? found.length)))
    .map(({ call, number }) => ({ ...toCall(call, server), number }));
}

function throwIfDropped(calls: ReadableCalls, method: string | undefined): void {
  if (method === undefined) calls.all();
  else calls.of(method);
}

/**
 * Returns a call as a message: its request and response as JSON, its code by name. `server` is the server that the call
 * reached.
 */
export function toCall(
  call: CallRecord,
  { world, faults }: CalledServer,
): MessageInitShape<typeof CallSchema> {
  const { api, method, request, response, error, wire, caller, accountId, requestId, at, durationMs } = call;
  const schema = methodOf(api, method);
  return {
    api,
    method,
    at: timestampFromMs(at),
    duration: durationFromMs(durationMs),
    code: codeOf(call),
    faults: faults.thatHit(call).map(({ options }) => toFault(options)),
    request: toObject(schema.input, request),
    ...(response !== undefined && { response: toObject(schema.output, response) }),
    ...(error !== undefined && { message: error.rawMessage }),
    ...(wire !== undefined && { wire }),
    ...(world !== undefined && { world }),
    ...(requestId !== undefined && { requestId }),
    ...(caller !== undefined && { caller: toCaller(caller) }),
    ...(accountId !== undefined && { accountId }),
  };
}

/** Returns how a call ended: `ok`, the error's code, or `pending`. */
export function codeOf({ response, error }: CallRecord): string {
  if (error !== undefined) return codeNameOf(error.code);
  return response === undefined ? "pending" : "ok";
}

/** Returns a caller as a message. */
function toCaller(caller: Caller): MessageInitShape<typeof CallerSchema> {
  const { kind } = caller;
  // At Ona, a token that is not for an organization is for an account.
  const userId: unknown = caller.userId ?? Reflect.get(caller, "accountId");
  const email: unknown = Reflect.get(caller, "email");
  return {
    kind,
    ...(typeof userId === "string" && { userId }),
    ...(typeof email === "string" && { email }),
  };
}

/** The methods of all APIs. They are collected at the first use. */
let methods: ReadonlyMap<string, DescMethod> | undefined;

function methodOf(api: string, name: string): DescMethod {
  methods ??= new Map(
    servedServices.flatMap(({ api, service }) =>
      service.methods.map((method) => [`${api}.${method.name}`, method] as const),
    ),
  );
  const method = methods.get(`${api}.${name}`);
  if (method === undefined) throw new Error(`no server has ${api}.${name}`);
  return method;
}
