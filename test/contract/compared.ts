import { create, type DescMessage, type JsonValue, type Message, toJson } from "@bufbuild/protobuf";
import { ConnectError, type Transport } from "@connectrpc/connect";
import { expect } from "vitest";
import type { World } from "./world.js";

/**
 * Creates a transport that checks each call on both sides: the server must read the request as the client sent it, and the
 * client the response as the server sent it.
 *
 * @param seen - gets the name of each method that was called.
 */
export function compared(world: World, token?: string, seen = new Set<string>()): Transport {
  const next = world.transport(token);
  return {
    async unary(method, signal, timeoutMs, header, input, values) {
      const count = world.server.calls.count;
      const call = next.unary(method, signal, timeoutMs, header, input, values);
      const answer = await call.catch((reason: unknown) => ConnectError.from(reason));
      seen.add(method.name);

      expect(world.server.calls.count, `the calls of ${method.name}`).toBe(count + 1);
      const record = world.server.calls.all().at(-1);
      const isError = answer instanceof ConnectError;
      expect({
        method: method.name,
        request: jsonOf(method.input, create(method.input, input)),
        ...(isError ? errorOf(answer) : { response: jsonOf(method.output, answer.message) }),
      }).toEqual({
        method: record?.method,
        request: jsonOf(method.input, record?.request),
        ...(record?.error ? errorOf(record.error) : { response: jsonOf(method.output, record?.response) }),
      });
      if (isError) throw answer;
      return answer;
    },
    stream: next.stream.bind(next),
  };
}

/** Returns a message as JSON: every field that is set, enums by name. */
function jsonOf(schema: DescMessage, message: Message | undefined): JsonValue | undefined {
  return message && toJson(schema, message);
}

function errorOf({ code, rawMessage }: ConnectError) {
  return { code, text: rawMessage };
}
