import { type DescMessage, type DescService, fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { expect } from "vitest";
import type { ClientTransport } from "../../src/index.js";
import { fieldsOf, isReflected } from "./descriptors.js";
import { filled } from "./filled.js";

/** Records what a client sends. Give the client `transport`, or `baseUrl` and `fetch`. */
interface Recorder {
  readonly transport: ClientTransport;
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
}

/** A walk through all methods of a client's resources. */
export interface Walk<Client extends object> {
  client(recorder: Recorder): Client;
  /** A call of each method, by its name as in `accounts.get`. Together they should use every parameter. */
  readonly calls: Readonly<Record<string, (client: Client) => PromiseLike<unknown>>>;
  /** Fields of requests that no method sends on purpose, as in `DeleteAccount.reason`. */
  readonly unsent?: readonly string[];
}

/**
 * Compares a client with its services: each RPC must be called by some method of its resources, each field of each request
 * must be sent by some call, and each method must be in the walk. It fails if a service has a method, or a request a field,
 * that the client does not know. It also fails if protobuf-es refuses the JSON of a request.
 */
export async function expectReachable<Client extends object>(
  services: DescService | readonly DescService[],
  { client, calls, unsent = [] }: Walk<Client>,
): Promise<void> {
  const methods = [services].flat().flatMap((service) => service.methods);
  const called = new Set<string>();
  const sent = new Set<string>();
  /** Records a request. Returns a response with a value in every field, so that a list has a second page to ask for. */
  const record = (service: string, name: string, message: JsonValue): JsonValue => {
    const method = methods.find((each) => each.parent.typeName === service && each.name === name);
    if (method === undefined) throw new Error(`there is no RPC ${service}/${name}`);
    called.add(name);
    const request = reflect(method.input, fromJson(method.input, message));
    for (const path of setFields(request)) sent.add(`${name}.${path}`);
    return toJson(method.output, filled(method.output));
  };

  const walked = client(recorderWith(record));
  expect(Object.keys(calls).sort(), "the walk").toEqual(methodsOf(walked).sort());
  for (const call of Object.values(calls)) await call(walked);

  expect([...called].sort(), "the RPCs").toEqual(methods.map(({ name }) => name).sort());
  const fields = methods.flatMap(({ name, input }) =>
    [...fieldsOf(input).keys()].map((path) => `${name}.${path}`),
  );
  expect(
    fields.filter((field) => !sent.has(field)),
    "the requests' fields that are never sent",
  ).toEqual(unsent);
}

/**
 * The fields of all responses of some services that lie outside these messages, as in `GetAccountResponse.account`: what the
 * resources' methods unwrap by hand.
 */
export function unwrappedFields(
  services: DescService | readonly DescService[],
  mapped: readonly DescMessage[],
): string[] {
  const found: string[] = [];
  const look = (message: DescMessage) => {
    if (mapped.some(({ typeName }) => typeName === message.typeName)) return;
    for (const field of message.fields) {
      found.push(`${message.name}.${field.localName}`);
      if (field.message && field.message.typeName !== TimestampSchema.typeName) look(field.message);
    }
  };
  for (const { methods } of [services].flat()) for (const { output } of methods) look(output);
  return [...new Set(found)].sort();
}

function recorderWith(record: (service: string, name: string, message: JsonValue) => JsonValue): Recorder {
  return {
    baseUrl: "https://recorder.example.com",
    async fetch(input, init) {
      const request = new Request(input, init);
      const [service = "", name = ""] = new URL(request.url).pathname.split("/").slice(-2);
      return Response.json(record(service, name, await request.json()));
    },
    transport: {
      async send({ method, message }) {
        const json: JsonValue = JSON.parse(JSON.stringify(message));
        // A request never has a key with `undefined`: Connect's transports refuse it.
        expect(message, `the JSON of ${method.name}`).toStrictEqual(json);
        return { body: record(method.service, method.name, json), status: 200, headers: new Headers() };
      },
    },
  };
}

/** The names of the methods of all resources of a client, as in `accounts.get`. */
export function methodsOf(client: object): string[] {
  return Object.entries(client).flatMap(([resource, value]: [string, unknown]) => {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (typeof prototype !== "object" || prototype === null) return [];
    const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
    return names.map((name) => `${resource}.${name}`);
  });
}

function setFields(message: ReflectMessage, prefix = ""): string[] {
  return message.fields.flatMap((field) => {
    if (!message.isSet(field)) return [];
    const path = prefix + field.localName;
    const values: unknown[] = field.fieldKind === "list" ? [...message.get(field)] : [message.get(field)];
    const within = values.filter(isReflected).flatMap((value) => setFields(value, `${path}.`));
    return [path, ...within];
  });
}
