import { FamClient, InvalidArgumentError, VydonClient } from "tenantry";
import { createTeamAccount, getUser } from "tenantry/vydon/methods";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { untyped } from "../support/untyped.js";

const fetch = () => Promise.reject(new Error("it must not be sent"));
const options = { baseUrl: "https://api.example.com", fetch, retry: false } as const;

describe.each([
  ["VydonClient", new VydonClient(options)],
  ["FamClient", new FamClient({ ...options, services: { accounts: "ads.v1.Accounts" } })],
])("%s.call()", (_, client) => {
  it.each([
    [undefined],
    [null],
    ["GetUser"],
    [{}],
    [{ service: "acme.v1.Service", name: "Get" }],
    [{ service: "acme.v1.Service", name: "Get", idempotency: "no-side-effects" }],
    [{ service: 5, name: "Get", idempotency: "unknown" }],
    [{ service: "acme.v1.Service", idempotency: "unknown" }],
  ])("rejects %o as a method, because nothing defines whether a retry is safe", async (method) => {
    const error = await failureOf(client.call(untyped<typeof getUser>(method), {}));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ message: expect.stringMatching(/^method must have a `service`/) });
  });

  const circle: { self?: unknown } = {};
  circle.self = circle;

  it.each([undefined, null, "{}", [], { count: 5n }, circle, { toJSON: () => undefined }])(
    "rejects %o as a request",
    async (request) => {
      const error = await failureOf(client.call(getUser, untyped<object>(request)));
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect(error).toMatchObject({ message: "request must be an object that can be written as JSON" });
    },
  );
});

it("client.call() sends the request as it was when the call began, also in retries", async () => {
  const bodies: unknown[] = [];
  const client = new VydonClient({
    baseUrl: "https://api.example.com",
    auth: "token",
    retry: { initialDelayMs: 0 },
    async fetch(_url, init) {
      bodies.push(init?.body);
      request.name = `sent ${bodies.length} times`;
      return new Response("", { status: 503 });
    },
  });
  const request = { name: "acme" };
  const failure = failureOf(client.call(createTeamAccount, request, { retry: { unsafe: true } }));
  request.name = "changed";
  await failure;
  expect(bodies).toEqual(Array(4).fill('{"name":"acme"}'));
});
