import { type DescMessage, type DescService, fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { type ClientTransport, List } from "tenantry";
import { expect } from "vitest";
import { fieldsOf, isReflected } from "./descriptors.js";
import { filled } from "./filled.js";
import { resourceMethods } from "./methods.js";
import { argumentsOf } from "./valid-arguments.js";

/** Records what a client sends. Give the client `transport`, or `baseUrl` and `fetch`. */
interface Recorder {
  readonly transport: ClientTransport;
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
}

/** The methods of a client to call, each with its valid arguments. */
interface Methods {
  /** The prefix of the methods' paths. */
  readonly api: string;
  client(recorder: Recorder): object;
  /** Options of lists that have their own, by the method's path as in `ona.members.list`. */
  readonly listOptions?: Readonly<Record<string, object>>;
  /** Fields of requests that no method sends, on purpose, such as `DeleteAccount.reason`. */
  readonly unsent?: readonly string[];
}

/**
 * Compares a client with its services: each RPC must be called by some method of its resources, each field of each request
 * must be sent by some call, and each method must have arguments. It fails if the client lacks a method of a service, or a field
 * of a request. It also fails if protobuf-es rejects the JSON of a request.
 */
export async function expectReachable(
  services: readonly DescService[],
  { api, client, listOptions = {}, unsent = [] }: Methods,
): Promise<void> {
  const methods = services.flatMap((service) => service.methods);
  const called = new Set<string>();
  const sent = new Set<string>();
  /** Records a request. Returns a response with a value in every field, so that a list has a second page to request. */
  const record = (service: string, name: string, message: JsonValue): JsonValue => {
    const method = methods.find((each) => each.parent.typeName === service && each.name === name);
    if (method === undefined) throw new Error(`there is no RPC ${service}/${name}`);
    called.add(name);
    const request = reflect(method.input, fromJson(method.input, message));
    for (const path of setFields(request)) sent.add(`${name}.${path}`);
    return toJson(method.output, filled(method.output));
  };

  for (const { path, call } of resourceMethods(api, client(recorderWith(record)))) {
    const args = argumentsOf(path);
    // A list has a second page, which the client requests by its token. Other methods ignore these options.
    const result = call(...args, { pageSize: 2, limit: 3, ...listOptions[path] });
    await (result instanceof List ? result.toArray() : result);
  }

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
 * Returns the fields of all responses of some services that are outside these messages, such as `GetAccountResponse.account`.
 * The resources' methods unwrap these fields.
 */
export function unwrappedFields(services: readonly DescService[], mapped: readonly DescMessage[]): string[] {
  const found: string[] = [];
  const look = (message: DescMessage) => {
    if (mapped.some(({ typeName }) => typeName === message.typeName)) return;
    for (const field of message.fields) {
      found.push(`${message.name}.${field.localName}`);
      if (field.message && field.message.typeName !== TimestampSchema.typeName) look(field.message);
    }
  };
  for (const { methods } of services) for (const { output } of methods) look(output);
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
        // A request never has a key with `undefined`, because Connect's transports reject it.
        expect(message, `the JSON of ${method.name}`).toStrictEqual(json);
        return { body: record(method.service, method.name, json), status: 200, headers: new Headers() };
      },
    },
  };
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
