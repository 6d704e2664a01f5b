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
import type { Caller, CallRecord } from "../engine/calls/calls.js";
import { MethodNames } from "../engine/calls/method-names.js";
import { nameOf } from "../engine/errors.js";
import { famCarried } from "../fam/api.js";
import { onaCarried } from "../ona/api.js";
import { vydonCarried } from "../vydon/api.js";

const carried = [vydonCarried, onaCarried, ...famCarried];

let methods: ReadonlyMap<string, DescMethod> | undefined;
let names: MethodNames | undefined;

/** What is asked of a log. */
interface AskedCalls {
  all(): CallRecord[];
  kept(): CallRecord[];
  of(method: string): CallRecord[];
}

/**
 * The calls that a request asks for.
 *
 * @throws Error for a method that no server carries, and if the log has forgotten calls that are asked for.
 */
export function readCalls(
  calls: AskedCalls,
  { method, accountId, limit }: ListCallsRequest,
): MessageInitShape<typeof CallSchema>[] {
  if (method !== undefined) {
    names ??= new MethodNames(carried);
    names.check(method);
  }
  const isMeant = (call: CallRecord) => accountId === undefined || accountId === call.accountId;
  const isOfMethod = (call: CallRecord) =>
    method === undefined || method === call.method || method === `${call.api}.${call.method}`;
  const kept = calls.kept().filter((call) => isOfMethod(call) && isMeant(call));
  // The last few may be answered although older ones are forgotten.
  if (limit !== undefined && kept.length >= limit) return kept.slice(kept.length - limit).map(describeCall);
  const all = method === undefined ? calls.all() : calls.of(method);
  return all.filter(isMeant).map(describeCall);
}

/** A call for the world outside: messages as JSON, codes by name. */
export function describeCall(call: CallRecord): MessageInitShape<typeof CallSchema> {
  const { api, method, request, response, error, wire, caller, accountId, at, durationMs } = call;
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
    carried.flatMap(({ api, service }) =>
      service.methods.map((method) => [`${api}.${method.name}`, method] as const),
    ),
  );
  const method = methods.get(`${api}.${name}`);
  if (method === undefined) throw new Error(`no server carries ${api}.${name}`);
  return method;
}

/** A message as JSON; those of RPCs are objects always. */
export function toObject(schema: DescMessage, message: Message): JsonObject {
  const json = toJson(schema, message);
  return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
}
