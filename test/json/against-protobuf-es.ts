import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromJson,
  type JsonValue,
  type Message,
  type MessageInitShape,
  toJson,
} from "@bufbuild/protobuf";
import fc from "fast-check";
import { UnexpectedResponseError } from "tenantry";
import { expect } from "vitest";
import { seeded } from "../support/seeded.js";
import { canned } from "./canned.js";
import { expectPlain } from "./expect-plain.js";
import { type Model, modelOf } from "./model-of.js";
import { randomMessage } from "./random-message.js";

/** Random strings for arguments. They are not empty, because methods reject empty ones. */
export const texts = fc.string({ unit: "binary", minLength: 1, maxLength: 12 });

/** A request without fields. */
export const empty = () => ({});

/** The result of a method that returns nothing. */
export const nothing = () => undefined;

/** Returns the fields that are not undefined. */
export function defined<T extends object>(fields: T): { [K in keyof T]: NonNullable<T[K]> };
export function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Creates a client that sends its calls with a fetch. */
type Connect<Client> = (options: { fetch: typeof globalThis.fetch; retry: false }) => Client;

/** One RPC, and the client's method that calls it. */
export interface RpcCase<Client, Args> {
  readonly name: string;
  readonly path: string;
  /** Random response messages, each as JSON that a server can write, and as the expected model and result. */
  readonly responses: fc.Arbitrary<{
    readonly json: JsonValue;
    readonly result: unknown;
    readonly model: Model;
  }>;
  /** Returns the expected result for a response, decoded by protobuf-es. */
  resultOf(response: JsonValue): unknown;
  /** Calls the client's method. `model` is that of the response. */
  call(client: Client, args: Args, model: Model): PromiseLike<unknown>;
  /** Decodes a request with protobuf-es. */
  read(json: JsonValue): Message;
  /** Returns the expected request for these arguments. */
  expected(args: Args): Message;
}

/**
 * @param call - calls the client's method with random arguments.
 * @param request - the fields of the expected request for these arguments.
 * @param result - the expected result of the method for a response. Default: the response's model.
 */
export function rpc<Client, Args, Input extends DescMessage, Output extends DescMessage>(
  method: DescMethodUnary<Input, Output>,
  call: (client: Client, args: Args, model: Model) => PromiseLike<unknown>,
  request: (args: Args) => MessageInitShape<Input>,
  result: (model: Model) => unknown = (model) => model,
): RpcCase<Client, Args> {
  // The choices that ProtoJSON allows a server when it writes JSON.
  const writing = fc.record({ alwaysEmitImplicit: fc.boolean(), enumAsInteger: fc.boolean() });
  return {
    name: method.name,
    path: `/${method.parent.typeName}/${method.name}`,
    responses: fc.tuple(randomMessage(method.output), writing).map(([message, options]) => {
      const model = modelOf(method.output, message);
      return { json: toJson(method.output, message, options), model, result: result(model) };
    }),
    resultOf: (response) =>
      result(modelOf(method.output, fromJson(method.output, response, { ignoreUnknownFields: true }))),
    call,
    read: (json) => fromJson(method.input, json),
    expected: (args) => create(method.input, request(args)),
  };
}

/** Checks that a client's method reads each response as protobuf-es does, and sends the request that protobuf-es expects. */
export async function expectAgreement<Client, Args>(
  connect: Connect<Client>,
  args: fc.Arbitrary<Args>,
  { path, responses, call, read, expected }: RpcCase<Client, Args>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(args, responses, fc.boolean(), async (given, { json, model, result }, spaced) => {
      const { fetch, requests } = canned(written(json, spaced));
      const outcome: unknown = await call(connect({ fetch, retry: false }), given, model).then(
        (value) => value,
        (reason: unknown) => reason,
      );
      if (outcome instanceof UnexpectedResponseError) expectIncomplete(outcome, json);
      else {
        expect(outcome).toEqual(result);
        if (outcome !== undefined) expectPlain(outcome);
      }

      expect(requests.map((request) => request.path)).toEqual([path]);
      const body = requests[0]?.body ?? "";
      expect(read(JSON.parse(body))).toEqual(expected(given));
    }),
    seeded(60),
  );
}

/** Checks that the field in the error is missing or empty in the response. */
function expectIncomplete({ message }: UnexpectedResponseError, json: JsonValue): void {
  const [, path = ""] =
    /The response's field (\S+) (is missing|must be a string that is not empty)/.exec(message) ?? [];
  expect(path, message).not.toBe("");
  let value: unknown = json;
  for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  expect([undefined, ""], `${path} of ${JSON.stringify(json)}`).toContain(value);
}

/** Writes JSON as connect-go does: with or without a space after each comma and colon. */
function written(json: JsonValue, spaced: boolean): string {
  if (!spaced || typeof json !== "object" || json === null) return JSON.stringify(json);
  if (Array.isArray(json)) return `[${json.map((item) => written(item, true)).join(", ")}]`;
  const fields = Object.entries(json).map(
    ([key, value]) => `${JSON.stringify(key)}: ${written(value, true)}`,
  );
  return `{${fields.join(", ")}}`;
}
