import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DescMessage, type DescMethod, fromJson, ScalarType, toBinary } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { file_google_rpc_error_details } from "../../gen/google/rpc/error_details_pb.js";
import { servedServices } from "../../src/mock/apis.js";
import type { Exchange } from "../../src/mock/node/recorder/exchange.js";
import { CallRecorder } from "../../src/mock/node/recorder/record-call.js";
import { createRecording } from "../../src/mock/node/recorder/recording-file.js";
import { kindOf, kindsByMessage, kindsByName } from "../../src/mock/node/recording/field-kinds.js";
import { seeded } from "../support/seeded.js";
import { anySecret, obviousSecret, planted } from "./planted.js";

const methods = servedServices.flatMap(({ service }) => service.methods);
const violations = file_buf_validate_validate.messages.filter(({ name }) => name === "Violations");
const details = [...file_google_rpc_error_details.messages, ...violations];

/** Returns all messages that a call can contain. */
function allMessages(): Set<DescMessage> {
  const found = new Set<DescMessage>();
  const visit = (message: DescMessage) => {
    if (found.has(message) || message.typeName.startsWith("google.protobuf.")) return;
    found.add(message);
    for (const field of message.fields) if (field.message !== undefined) visit(field.message);
  };
  for (const { input, output } of methods) for (const message of [input, output]) visit(message);
  for (const message of details) visit(message);
  return found;
}

describe("the recorder's kinds of strings", () => {
  const texts = [...allMessages()].flatMap((message) =>
    message.fields
      .filter(
        ({ scalar, fieldKind }) =>
          scalar === ScalarType.STRING || scalar === ScalarType.BYTES || fieldKind === "map",
      )
      .map(({ jsonName }) => ({ message, jsonName })),
  );

  it("include every string field of every message", () => {
    const unknown = texts.filter(({ message, jsonName }) => kindOf(message, jsonName) === undefined);
    expect(unknown.map(({ message, jsonName }) => `${message.typeName}.${jsonName}`)).toEqual([]);
  });

  it("name no field that does not exist", () => {
    const names = new Set(texts.map(({ jsonName }) => jsonName));
    expect([...kindsByName.keys()].filter((name) => !names.has(name))).toEqual([]);
    const fields = new Set(texts.map(({ message, jsonName }) => `${message.typeName}.${jsonName}`));
    const special = Object.entries(kindsByMessage).flatMap(([type, kinds]) =>
      Object.keys(kinds).map((name) => `${type}.${name}`),
    );
    expect(special.filter((field) => !fields.has(field))).toEqual([]);
  });
});

/** An exchange, and the secrets in it. */
interface Planted {
  readonly exchange: Exchange;
  readonly secrets: readonly string[];
}

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Creates an exchange with secrets in its headers and in all strings: of the request, the response, the error and its details. */
function plantedExchange(
  method: Pick<DescMethod, "name" | "input" | "output" | "parent">,
  values: readonly string[],
  looking: readonly string[],
  isBinary: boolean,
  isError: boolean,
): Planted {
  const secrets: string[] = [];
  let next = 0;
  // The values of one exchange differ, so the recorder must find each of them.
  const take = (from: readonly string[]): string => {
    const value = from[next++ % from.length] ?? "";
    secrets.push(value);
    return value;
  };
  const message = (schema: DescMessage, variant: number) =>
    planted(
      schema,
      ({ jsonName }, type) =>
        // A server's message keeps the words that do not look like a secret.
        take(kindOf(type, jsonName) === "message" ? looking : values),
      variant,
    );
  const bytes = (schema: DescMessage, json: ReturnType<typeof message>) =>
    isBinary ? toBinary(schema, fromJson(schema, json)) : encode(json);
  const token = take(looking);
  const body = message(method.input, values.length);
  const withUnknown = isBinary || typeof body !== "object" ? body : { ...body, notInSchema: take(values) };
  const detail = (schema: DescMessage) => ({
    type: schema.typeName,
    value: base64Encode(toBinary(schema, fromJson(schema, message(schema, 0)))),
    debug: { text: take(values) },
  });
  const requestBody = isBinary ? bytes(method.input, body) : encode(withUnknown);
  const requestHeaders = {
    authorization: `Bearer ${token}`,
    cookie: `session=${take(values.filter((value) => !value.includes(" ")).concat("fallback-value-1"))}`,
    "x-api-key": take(looking),
    "content-type": isBinary ? "application/proto" : "application/json",
  };
  const seen = [...secrets];
  const response = isError
    ? encode({
        code: "internal",
        // The recorder finds a known secret even if it looks like a word, and a new one if it looks like a secret.
        message: `cannot do it for ${seen[0]}, ${seen.at(-1)} or (${seen[Math.floor(seen.length / 2)]}) with "${take(looking)}": token: ${take(looking)}`,
        details: [...details.map(detail), { type: `secret.${take(looking)}`, value: btoa(take(values)) }],
        more: take(values),
      })
    : bytes(method.output, message(method.output, 1));
  return {
    secrets,
    exchange: {
      time: Date.parse("2026-02-01T00:00:00Z"),
      httpMethod: "POST",
      path: `/${method.parent.typeName}/${method.name}`,
      query: new URLSearchParams(),
      requestHeaders,
      requestBody,
      status: isError ? 500 : 200,
      responseHeaders: {
        "content-type": isBinary && !isError ? "application/proto" : "application/json",
        "set-cookie": `id=${take(looking)}; HttpOnly`,
      },
      responseBody: response,
    },
  };
}

const values = fc.array(anySecret, { minLength: 5, maxLength: 12 });
const looking = fc.array(obviousSecret, { minLength: 5, maxLength: 12 });

function expectNone(text: string, secrets: readonly string[]): void {
  const lower = text.toLowerCase();
  for (const secret of secrets) {
    expect(lower).not.toContain(secret.toLowerCase());
    expect(lower).not.toContain(btoa(secret).replace(/=+$/, "").slice(0, -2).toLowerCase());
  }
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenantry-secrets-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a recording contains no secret of a call", () => {
  it.each(methods.map((method) => [`${method.parent.typeName}/${method.name}`, method] as const))(
    "to %s",
    async (name, method) => {
      const file = join(folder, name.replace("/", "-"));
      const all: string[] = [];
      const recording = createRecording(file, false, 0);
      const recorder = new CallRecorder();
      fc.assert(
        fc.property(values, looking, fc.boolean(), fc.boolean(), (some, more, isBinary, isError) => {
          const { exchange, secrets } = plantedExchange(method, some, more, isBinary, isError);
          all.push(...secrets);
          const line = recorder.record(exchange);
          if (line === undefined) throw new Error("the call was not recorded");
          recording.write(line);
        }),
        seeded(6),
      );
      recording.close();
      expectNone(await readFile(file, "utf8"), all);
    },
  );

  it("to a method that is not in the schema", () => {
    fc.assert(
      fc.property(obviousSecret, looking, (secret, more) => {
        const [method] = methods;
        if (method === undefined) throw new Error("there are no methods");
        const unknown = {
          name: secret.replace(/\W/g, "_"),
          input: method.input,
          output: method.output,
          parent: method.parent,
        };
        const { exchange, secrets } = plantedExchange(unknown, more, more, false, true);
        const line = new CallRecorder().record(exchange);
        expect(line).toMatchObject({ method: "<method>" });
        expectNone(JSON.stringify(line), [...secrets, unknown.name]);
      }),
      seeded(20),
    );
  });

  it.each([
    ["is not JSON", "oops correcthorsebattery", "text/html", 502],
    ["is an error without a code", '{"error":"correcthorsebattery"}', "application/json", 400],
    ["is of another type", "correcthorsebattery", "application/proto", 200],
  ])("with a body that %s", (_what, body, type, status) => {
    const line = new CallRecorder().record({
      time: 0,
      httpMethod: "POST",
      path: "/mgmt.v1alpha1.UserAccountService/GetUser",
      query: new URLSearchParams(),
      requestHeaders: { authorization: "correcthorsebattery", "content-type": "application/json" },
      requestBody: new TextEncoder().encode("{ correcthorsebattery"),
      status,
      responseHeaders: { "content-type": type },
      responseBody: new TextEncoder().encode(body),
    });
    expect(line).toMatchObject({ request: null, response: null, httpStatus: status });
    expect(line?.unrecorded).toEqual(
      expect.arrayContaining(["the form of the credentials", "the request", "the response"]),
    );
    expectNone(JSON.stringify(line), ["correcthorsebattery"]);
  });
});
