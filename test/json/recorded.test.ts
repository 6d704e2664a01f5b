import { fromJsonString, type JsonValue } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import fc from "fast-check";
import type { ApiError } from "tenantry";
import { VydonClient } from "tenantry/vydon";
import { describe, expect, it } from "vitest";
import { isErrorCode, serverError } from "../../src/core/errors/server-error.js";
import { isLever, type RecordedCall, readRecording, recordingNames } from "../recordings/read-recording.js";
import { fieldsOf, readRecording as readWire } from "../recordings/wire/exchange.js";
import { apiErrorOf } from "../support/promises.js";
import { canned } from "./canned.js";
import { expectPlain } from "./expect-plain.js";
import { each, isModel } from "./model-of.js";
import { args, cases, clock, services } from "./vydon-cases.js";

const scenarios = recordingNames().filter((name) => name.startsWith("scenario-"));

/**
 * The recorded calls of a real server, written in Go. It omits default values, writes 64-bit numbers as strings, and sends
 * `debug` with details.
 */
const recorded = [
  ...scenarios,
  ...scenarios.map((name) => name.replace("scenario-", "auth-and-keys-")),
].flatMap((name) => {
  const { options, steps } = readRecording(name);
  const calls = steps.filter((step): step is RecordedCall => !isLever(step));
  return calls.map((call) => ({ ...call, flavor: options.flavor }));
});

/** The distinct responses. Two that differ only in numbered placeholders, such as ids, count as equal. */
const responses = distinct(
  recorded.filter(
    // A few calls tested whether a key works for services that the client does not have.
    ({ httpStatus, service = "UserAccountService" }) =>
      httpStatus === 200 && services.some(({ name }) => name === service),
  ),
  ({ method, response }) => JSON.stringify([method, response]).replace(/:\d+>/g, ">"),
);
const errors = distinct(recorded.flatMap(toError), ({ code, message, details }) =>
  JSON.stringify([code, message, details]),
);

const [given] = fc.sample(args, { seed: 1, numRuns: 1 });
if (given === undefined) throw new Error("no arguments");

const client = (fetch: typeof globalThis.fetch) =>
  new VydonClient({ baseUrl: "https://vydon.example.com", auth: "key-1", fetch, retry: false, clock });

describe("VydonClient reads a recorded response as protobuf-es does", () => {
  const table = responses
    .filter(({ method }) => method !== "HasPermissions")
    .map(({ method, response }) => [method, withTimes(response)] as const);

  it.each(table)("%s: %j", async (method, response) => {
    const found = cases.find(({ name }) => name === method);
    if (found === undefined) throw new Error(`no case for ${method}`);
    const { fetch } = canned(JSON.stringify(response));
    const result = await found.call(client(fetch), given, {});
    expect(result).toEqual(found.resultOf(response));
    if (result !== undefined) expectPlain(result);
  });

  it("HasPermissions, with one result for each resource", async () => {
    const many = responses.flatMap(({ response }) =>
      isModel(response) && Array.isArray(response["assertions"]) ? [response["assertions"]] : [],
    );
    expect(many).not.toEqual([]);
    for (const assertions of many) {
      const { fetch } = canned(JSON.stringify({ assertions }));
      const resources = assertions.map(() => given.resource);
      expect(await client(fetch).permissions.checkAll(given.id, resources)).toEqual(assertions);
    }
  });
});

describe("VydonClient throws an error with the class, code, message and details of a recorded error", () => {
  it.each(errors.map((error) => [error.code, error.message, error] as const))(
    "%s: %s",
    async (code, message, recordedError) => {
      const error = await thrown(recordedError);
      expect(error.constructor).toBe(
        serverError({ code, message, details: [], headers: new Headers() }, 0).constructor,
      );
      expect(error).toMatchObject({
        code,
        rawMessage: message,
        message: expect.stringContaining(`GetUser: ${message}`),
        attempts: 1,
        violations: recordedError.details.flatMap(violationsIn),
        requestId: undefined,
      });
      expect(error.details.map(({ type, base64 }) => ({ type, value: base64 }))).toEqual(
        recordedError.details.map(({ type, value }) => ({ type, value })),
      );
    },
  );

  it.each([
    ["vydon", "ruleId"],
    ["neosync", "constraintId"],
  ])(
    "from a %s server: with the rule's id (%s in `debug`), even if the detail has no `debug`",
    async (flavor, key) => {
      const broken = errors.filter((error) => error.flavor === flavor && error.details.length > 0);
      expect(broken.length).toBeGreaterThan(10);
      for (const error of broken) {
        expect(error.details[0]?.debug).toContain(`"${key}":"`);
        // The protocol does not guarantee `debug`.
        const { violations } = await thrown({ ...error, details: error.details.map(withoutDebug) });
        expect(violations).toEqual(error.details.flatMap(violationsIn));
        for (const { rule } of violations) expect(rule).toMatch(/^((string|timestamp)\.[a-z_]+|required)$/);
      }
    },
  );
});

it("no recorded response has a header for a request id", () => {
  for (const name of ["wire-cloud-rbac", "wire-selfhosted-norbac-vydonlibs"]) {
    const exchanges = readWire(name, "token");
    expect(exchanges.length).toBeGreaterThan(50);
    for (const { headers, trailers } of exchanges) {
      const names = Object.keys({ ...fieldsOf(headers), ...fieldsOf(trailers) });
      expect(names.filter((field) => field.includes("request-id"))).toEqual([]);
    }
  }
});

/** A recorded Connect error. */
interface RecordedError extends Pick<RecordedCall, "httpStatus"> {
  readonly code: ApiError["code"];
  readonly message: string;
  readonly details: readonly RecordedDetail[];
  readonly flavor: string | undefined;
}

interface RecordedDetail {
  readonly type: string;
  readonly value: string;
  /** As JSON. */
  readonly debug?: string;
}

function toError(call: (typeof recorded)[number]): RecordedError[] {
  const { httpStatus, code, message, details, flavor } = call;
  // A few calls reached no method (404, 405, 415). Their responses are plain HTTP.
  if (!isErrorCode(code)) return [];
  return [{ httpStatus, code, message: message ?? "", details: toDetails(details), flavor }];
}

function toDetails(details: unknown): RecordedDetail[] {
  return each(details, ({ type, value, debug }) => ({
    type: String(type),
    value: String(value),
    debug: JSON.stringify(debug),
  }));
}

/** Returns the error that a client throws for a recorded error. */
async function thrown({ httpStatus, code, message, details }: RecordedError): Promise<ApiError> {
  const written = details.map(({ debug, ...rest }) => (debug ? { ...rest, debug: JSON.parse(debug) } : rest));
  const body = { code, message, ...(written.length > 0 && { details: written }) };
  const { fetch } = canned(JSON.stringify(body), { status: httpStatus });
  return apiErrorOf(client(fetch).users.current());
}

function withoutDebug({ type, value }: RecordedDetail): RecordedDetail {
  return { type, value };
}

/** Returns the violations in a detail's `debug`, decoded by protobuf-es. */
function violationsIn({ debug = "{}" }: RecordedDetail) {
  const text = debug.replaceAll('"constraintId":', '"ruleId":');
  return fromJsonString(ViolationsSchema, text).violations.map(({ field, message, ruleId }) => ({
    field: (field?.elements ?? [])
      .map(({ fieldName, subscript }) =>
        subscript.case === "index" ? `${fieldName}[${subscript.value}]` : fieldName,
      )
      .join("."),
    rule: ruleId,
    message,
  }));
}

/** Replaces the placeholders for times in a response. The server sends microseconds from its database. */
function withTimes(response: JsonValue): JsonValue {
  return JSON.parse(
    JSON.stringify(response)
      .replace(/<now[^>]*>/g, "2026-01-01T12:00:00.123456Z")
      .replace(/<time[^>]*>/g, "2025-07-01T08:09:10Z"),
  );
}

/** Returns the first item of each kind. */
function distinct<T>(all: readonly T[], kind: (one: T) => string): T[] {
  const firsts = new Map<string, T>();
  for (const one of all) if (!firsts.has(kind(one))) firsts.set(kind(one), one);
  return [...firsts.values()];
}
