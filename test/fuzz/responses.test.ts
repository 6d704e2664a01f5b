import { type DescMethod, toBinary, toJson } from "@bufbuild/protobuf";
import fc from "fast-check";
import { ApiError, type CommonOptions, List, OnaClient, VydonClient } from "tenantry";
import { webTransport } from "tenantry/web";
import { describe, expect, it } from "vitest";
import { filled } from "../support/filled.js";
import { type AnyMethod, allClients, resourceMethods } from "../support/methods.js";
import { failureOf } from "../support/promises.js";
import { seeded } from "../support/seeded.js";
import { apiServices } from "../support/services.js";
import { argumentsOf } from "../support/valid-arguments.js";
import { mutated, mutatedJson, mutatedText } from "./mutate.js";

/** The RPCs by the end of their URLs. */
const rpcs = new Map<string, DescMethod>(
  apiServices.flatMap(({ typeName, methods }) =>
    methods.map((rpc) => [`${typeName}/${rpc.name}`, rpc] as const),
  ),
);

function client(options: CommonOptions): VydonClient {
  return new VydonClient({ ...options, baseUrl: "https://vydon.example.com" });
}

/** Returns options with which every request gets this response. */
function optionsWithResponse(body: BodyInit, type: string, status = 200): CommonOptions {
  const headers = { "content-type": type };
  return { fetch: async () => new Response(body, { status, headers }), retry: false };
}

/** Returns a description of an outcome that is neither a valid result nor an ApiError. */
async function problemWith(outcome: () => PromiseLike<unknown>): Promise<string | undefined> {
  try {
    return brokenPart(await outcome(), "result");
  } catch (error) {
    if (!(error instanceof ApiError)) return `not typed: ${error instanceof Error ? error.stack : error}`;
    // Programs log errors, so this must not throw.
    JSON.stringify(error);
    return undefined;
  }
}

/** Returns the path of an invalid date or number in a value, because it would cause an error later. */
function brokenPart(value: unknown, path: string): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? `${path} is not a date` : undefined;
  if (typeof value === "number") return Number.isSafeInteger(value) ? undefined : `${path} is ${value}`;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const broken = brokenPart(part, `${path}.${key}`);
    if (broken) return broken;
  }
  return undefined;
}

/** The response to the next request, by the end of its URL. */
let respond = (_path: string): Response => new Response();
const fetch = async (url: RequestInfo | URL) => respond(String(url).split("/").slice(-2).join("/"));
const options = { baseUrl: "https://api.example.com", fetch, retry: false } as const;
// FamClient has no transport: its API documents no field numbers.
const transport = webTransport({
  baseUrl: options.baseUrl,
  fetch,
  services: apiServices.filter(({ typeName }) => !typeName.startsWith("fam.")),
});
const methodsOf = (clients: object) =>
  Object.entries(clients)
    .flatMap(([api, client]) => resourceMethods(api, client))
    // It polls until the response has `isValid`.
    .filter(({ path }) => path !== "vydon.billing.waitUntilValid");

/** Calls a method with valid arguments, and reads all its pages. */
function resultOf({ path, call }: AnyMethod): Promise<unknown> {
  const args = argumentsOf(path);
  return (async () => {
    const result = call(...args, { limit: 10 });
    return result instanceof List ? result.toArray() : result;
  })();
}

/** Returns the RPC that a method calls. */
async function rpcOf(method: AnyMethod): Promise<DescMethod> {
  let called = "";
  respond = (path) => {
    called = path;
    return new Response(null, { status: 404 });
  };
  await expect(resultOf(method)).rejects.toBeInstanceOf(ApiError);
  const rpc = rpcs.get(called);
  if (rpc === undefined) throw new Error(`${method.path} calls ${called}, which is not an RPC`);
  return rpc;
}

describe("a method returns a valid result or rejects with an ApiError for mutated JSON", () => {
  it.each(methodsOf(allClients(options)))("$path", async (method) => {
    const { output } = await rpcOf(method);
    const json = toJson(output, filled(output));
    const texts = fc.oneof(
      mutatedJson(json).map((value) => JSON.stringify(value)),
      mutatedText(JSON.stringify(json)),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (body) => {
        respond = () => new Response(body, { headers: { "content-type": "application/json" } });
        expect(await problemWith(() => resultOf(method))).toBeUndefined();
      }),
      seeded(100),
    );
  });
});

describe("a method over a binary transport returns a valid result or rejects with an ApiError for mutated bytes", () => {
  const clients = {
    vydon: new VydonClient({ transport, retry: false }),
    ona: new OnaClient({ transport, retry: false }),
  };
  it.each(methodsOf(clients))("$path", async (method) => {
    const { output } = await rpcOf(method);
    await fc.assert(
      fc.asyncProperty(mutated(toBinary(output, filled(output))), async (body) => {
        respond = () => new Response(body, { headers: { "content-type": "application/proto" } });
        expect(await problemWith(() => resultOf(method))).toBeUndefined();
      }),
      seeded(40),
    );
  });
});

describe("a call with an error response", () => {
  const details = [
    "buf.validate.Violations",
    "google.rpc.BadRequest",
    "google.rpc.RetryInfo",
    "google.rpc.RequestInfo",
    "google.rpc.ErrorInfo",
  ].map((type) => ({ type, value: "Cg4KBgoEbmFtZRoEdGV4dA" }));
  const real = { code: "invalid_argument", message: "name is too short", details };

  it("rejects with an ApiError for any body and status", async () => {
    const bodies = fc.oneof(
      mutatedJson(real).map((value) => JSON.stringify(value)),
      mutatedText(JSON.stringify(real)),
      fc.string(),
    );
    const statuses = fc.constantFrom(400, 401, 403, 404, 409, 412, 429, 499, 500, 501, 503, 504, 599);
    await fc.assert(
      fc.asyncProperty(bodies, statuses, async (body, status) => {
        const { users } = client(optionsWithResponse(body, "application/json", status));
        expect(await failureOf(users.current())).toBeInstanceOf(ApiError);
      }),
      seeded(500),
    );
  });

  it("rejects with an ApiError for details of any bytes", async () => {
    const detail = fc.record({
      type: fc.constantFrom(...details.map(({ type }) => type), "", "a", "__proto__"),
      value: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString("base64")),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(detail, { maxLength: 4 }), async (each) => {
        const body = JSON.stringify({ code: "unavailable", message: "no", details: each });
        const { users } = client(optionsWithResponse(body, "application/json", 503));
        const error = await failureOf(users.current());
        expect(error).toBeInstanceOf(ApiError);
        expect(JSON.stringify(error)).toContain("GetUser");
      }),
      seeded(500),
    );
  });

  it("rejects with a valid `retryAfterMs` or none for any Retry-After header", async () => {
    const waits = fc.oneof(
      fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.double().map(String),
      fc.constantFrom("-1", "1e400", "Infinity", "NaN", "0x10", "99999999999999999999"),
    );
    await fc.assert(
      fc.asyncProperty(waits, waits, async (retryAfter, ms) => {
        const headers = { "retry-after": retryAfter, "retry-after-ms": ms };
        const fetch = async () => new Response(null, { status: 503, headers });
        const error = await failureOf(client({ fetch, retry: false }).users.current());
        expect(error).toBeInstanceOf(ApiError);
        const wait = error instanceof ApiError ? error.retryAfterMs : undefined;
        if (wait !== undefined) expect(wait >= 0 && wait < Number.POSITIVE_INFINITY).toBe(true);
      }),
      seeded(500),
    );
  });
});
