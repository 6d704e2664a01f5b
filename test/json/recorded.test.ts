import { readFileSync } from "node:fs";
import type { JsonValue } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiError } from "../../src/core/errors/api-error.js";
import type { ErrorCode } from "../../src/core/errors/error-code.js";
import { responseError } from "../../src/core/errors/response-error.js";
import { VydonClient } from "../../src/vydon/client.js";
import { canned } from "./canned.js";
import { args, cases } from "./vydon-cases.js";

/**
 * What a real server, written in Go, answered. Times and ids are made up; every kind of response and every error that
 * occurred is here. The server leaves default values out, writes 64-bit numbers as strings, and sends `debug` with details.
 */
const recorded = readFileSync(new URL("recorded.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): Recorded => JSON.parse(line));

type Recorded = RecordedResponse | RecordedError;

interface RecordedResponse {
  readonly method: string;
  readonly response: JsonValue;
}

interface RecordedError {
  readonly method: string;
  readonly httpStatus: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: readonly RecordedDetail[] | null;
}

interface RecordedDetail {
  readonly type: string;
  readonly value: string;
  readonly debug: {
    readonly violations: readonly {
      readonly field?: {
        readonly elements: readonly { readonly fieldName: string; readonly index?: string }[];
      };
      readonly message: string;
      /** Older servers call it `constraintId`. */
      readonly ruleId?: string;
      readonly constraintId?: string;
    }[];
  };
}

const responses = recorded.filter((each) => "response" in each);
const errors = recorded.filter((each) => "code" in each);
const [given] = fc.sample(args, { seed: 1, numRuns: 1 });
if (given === undefined) throw new Error("no arguments");

const client = (fetch: typeof globalThis.fetch) =>
  new VydonClient({ baseUrl: "https://vydon.example.com", auth: "key-1", fetch, retry: false });

describe("a recorded response is read as protobuf-es reads it", () => {
  it.each(responses.map((each) => [each.method, each.response] as const))(
    "%s: %j",
    async (method, response) => {
      const found = cases.find(({ name }) => name === method);
      if (found === undefined) throw new Error(`no case for ${method}`);
      const { fetch } = canned(JSON.stringify(response));
      expect(await found.call(client(fetch), given, {})).toEqual(found.resultOf(response));
    },
  );
});

describe("a recorded error", () => {
  const table = errors.map((each) => [each.code, each.message, each] as const);

  it.each(table)("%s: %s", async (code, message, { httpStatus, details }) => {
    const { fetch } = canned(JSON.stringify({ code, message, ...(details && { details }) }), {
      status: httpStatus,
    });
    const error = await client(fetch)
      .users.current()
      .catch((reason: unknown) => reason);
    if (!(error instanceof ApiError)) throw error;
    expect(error.constructor).toBe(
      responseError({ code, message, details: [], headers: new Headers() }, 0).constructor,
    );
    expect(error).toMatchObject({
      code,
      rawMessage: message,
      message: expect.stringContaining(`GetUser: ${message}`),
      attempts: 1,
      violations: (details ?? []).flatMap(violationsIn),
    });
    expect(error.details.map(({ type, base64 }) => ({ type, value: base64 }))).toEqual(
      (details ?? []).map(({ type, value }) => ({ type, value })),
    );
  });

  it("has the same violations without `debug`, which the protocol does not promise", async () => {
    for (const { httpStatus, code, message, details } of errors) {
      const bare = details?.map(({ type, value }) => ({ type, value })) ?? null;
      const { fetch } = canned(JSON.stringify({ code, message, details: bare }), { status: httpStatus });
      await expect(client(fetch).users.current()).rejects.toMatchObject({
        code,
        violations: (details ?? []).flatMap(violationsIn),
      });
    }
  });
});

/** What a detail's `debug` says of the broken rules. */
function violationsIn({ debug }: RecordedDetail) {
  return debug.violations.map(({ field, message, ruleId, constraintId }) => ({
    field:
      field?.elements.map(({ fieldName, index }) => fieldName + (index ? `[${index}]` : "")).join(".") ?? "",
    rule: ruleId ?? constraintId ?? "",
    message,
  }));
}
