import {
  type DescMessage,
  type DescMethod,
  type JsonObject,
  type Message,
  type MessageInitShape,
  toJson,
} from "@bufbuild/protobuf";
import { durationFromMs, timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { CallerSchema, CallSchema, ListCallsRequest } from "../../../gen/tenantry/mock/v1/admin_pb.js";
import { carriedServices } from "../apis.js";
import type { Caller, CallRecord } from "../engine/calls/calls.js";
import { MethodNames } from "../engine/calls/method-names.js";
import { nameOf } from "../engine/errors.js";

let methods: ReadonlyMap<string, DescMethod> | undefined;
let names: MethodNames | undefined;

/** The part of a log that is read. */
interface ReadableCalls {
  all(): CallRecord[];
  kept(): CallRecord[];
  of(method: string): CallRecord[];
}

/**
 * The calls that a request asks for. `world` is the one whose log it is, if it is one.
 *
 * @throws Error for a method that no server carries, and if the log has forgotten some of the calls.
 */
export function readCalls(
  calls: ReadableCalls,
  { method, accountId, limit }: ListCallsRequest,
  world: string | undefined,
): MessageInitShape<typeof CallSchema>[] {
  if (method !== undefined) {
    names ??= new MethodNames(carriedServices);
    names.check(method);
  }
  const describe = (call: CallRecord) => describeCall(call, world);
  const isOfAccount = (call: CallRecord) => accountId === undefined || accountId === call.accountId;
  const isOfMethod = (call: CallRecord) =>
    method === undefined || method === call.method || method === `${call.api}.${call.method}`;
  const kept = calls.kept().filter((call) => isOfMethod(call) && isOfAccount(call));
  // The last calls may be known even if older ones are forgotten.
  if (limit !== undefined && kept.length >= limit) return kept.slice(kept.length - limit).map(describe);
  const all = method === undefined ? calls.all() : calls.of(method);
  return all.filter(isOfAccount).map(describe);
}

/** A call as a message: requests and responses as JSON, codes by name. `world` is the one that it reached. */
export function describeCall(
  call: CallRecord,
  world: string | undefined,
): MessageInitShape<typeof CallSchema> {
  const { api, method, request, response, error, wire, caller, accountId, requestId, at, durationMs } = call;
  const schema = methodOf(api, method);
  return {
    api,
    method,
    at: timestampFromMs(at),
    duration: durationFromMs(durationMs),
    code: codeOf(call),
    request: toObject(schema.input, request),
    ...(response !== undefined && { response: toObject(schema.output, response) }),
    ...(error !== undefined && { message: error.rawMessage }),
    ...(wire !== undefined && { wire }),
    ...(world !== undefined && { world }),
    ...(requestId !== undefined && { requestId }),
    ...(caller !== undefined && { caller: describeCaller(caller) }),
    ...(accountId !== undefined && { accountId }),
  };
}

/** How a call ended: `ok`, the error's code, or `pending`. */
export function codeOf({ response, error }: CallRecord): string {
  if (error !== undefined) return nameOf(error.code);
  return response === undefined ? "pending" : "ok";
}

/** Who called. */
function describeCaller(caller: Caller): MessageInitShape<typeof CallerSchema> {
  const { kind, userId } = caller;
  const email: unknown = Reflect.get(caller, "email");
  return {
    kind,
    ...(userId !== undefined && { userId }),
    ...(typeof email === "string" && { email }),
  };
}

function methodOf(api: string, name: string): DescMethod {
  methods ??= new Map(
    carriedServices.flatMap(({ api, service }) =>
      service.methods.map((method) => [`${api}.${method.name}`, method] as const),
    ),
  );
  const method = methods.get(`${api}.${name}`);
  if (method === undefined) throw new Error(`no server carries ${api}.${name}`);
  return method;
}

/** A message as JSON. Those of RPCs are always objects. */
export function toObject(schema: DescMessage, message: Message): JsonObject {
  const json = toJson(schema, message);
  return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
}
