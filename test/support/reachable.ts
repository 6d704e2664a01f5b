import { create, type DescMessage, type DescService } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { expect } from "vitest";
import { fieldsOf, isReflected } from "./descriptors.js";
import { filled } from "./filled.js";

/** A walk through all methods of a client's resources. */
export interface Walk<Client extends object> {
  client(transport: Transport): Client;
  /** A call of each method, by its name as in `accounts.get`. Together they should use every parameter. */
  readonly calls: Readonly<Record<string, (client: Client) => PromiseLike<unknown>>>;
  /** Fields of requests that no method sends on purpose, as in `DeleteAccount.reason`. */
  readonly unsent?: readonly string[];
}

/**
 * Holds a client to its services: every RPC is called by some method of its resources, every field of every request is sent by some
 * call, and every method is in the walk. It fails when a service has a method, or a request a field, that the client doesn't know.
 */
export async function expectReachable<Client extends object>(
  services: DescService | readonly DescService[],
  { client, calls, unsent = [] }: Walk<Client>,
): Promise<void> {
  const called = new Set<string>();
  const sent = new Set<string>();
  const recorder: Transport = {
    async unary(method, _signal, _timeoutMs, _header, input) {
      called.add(method.name);
      const request = reflect(method.input, create(method.input, input));
      for (const path of setFields(request)) sent.add(`${method.name}.${path}`);
      return {
        stream: false,
        service: method.parent,
        method,
        header: new Headers(),
        // With something in every field, so that a list has a second page to ask for.
        message: filled(method.output),
        trailer: new Headers(),
      };
    },
    stream() {
      throw new ConnectError("no streams", Code.Unimplemented);
    },
  };

  const walked = client(recorder);
  expect(Object.keys(calls).sort(), "the walk").toEqual(methodsOf(walked).sort());
  for (const call of Object.values(calls)) await call(walked);

  const methods = [services].flat().flatMap((service) => service.methods);
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
 * The fields of all answers of a service that lie outside these messages, as in `GetAccountResponse.account`: what the
 * resources' methods unwrap by hand.
 */
export function unwrappedFields(service: DescService, mapped: readonly DescMessage[]): string[] {
  const found: string[] = [];
  const look = (message: DescMessage) => {
    if (mapped.some(({ typeName }) => typeName === message.typeName)) return;
    for (const field of message.fields) {
      found.push(`${message.name}.${field.localName}`);
      if (field.message) look(field.message);
    }
  };
  for (const { output } of service.methods) look(output);
  return [...new Set(found)].sort();
}

function methodsOf(client: object): string[] {
  return Object.entries(client).flatMap(([resource, value]: [string, unknown]) => {
    const prototype: unknown = Object.getPrototypeOf(value);
    // The raw client and the transport are plain objects; resources have a class.
    if (typeof prototype !== "object" || prototype === null || prototype === Object.prototype) return [];
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
