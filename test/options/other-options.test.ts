import { Redis } from "ioredis";
import { InvalidArgumentError, memoryStore, refreshableToken, simpleStore, webStorageStore } from "tenantry";
import { fileStore, nodeTransport } from "tenantry/node";
import { otelHooks } from "tenantry/otel";
import { UserAccountService } from "tenantry/proto/vydon";
import { type RedisClient, redisStore } from "tenantry/redis";
import { webTransport } from "tenantry/web";
import { describe, expect, it } from "vitest";
import { untyped } from "../support/untyped.js";

const baseUrl = "https://api.example.com";
const services = [UserAccountService];
const client: RedisClient = { eval: async () => null };
const storage = { getItem: () => null, setItem: () => {} };

const invalidTimes = ["5s", -1, Number.NaN, null];
const invalidCounts = ["5", 0, -1, Number.NaN, 1.5, null];
const invalidFlags = ["yes", 1, null];
const invalidClocks = [5, null, {}, { now: () => 0 }];

type Make = (options: object) => unknown;

/** Every function with options, invalid values for them, and a misspelled option with the correct name. */
const makers: [name: string, make: Make, wrong: Record<string, unknown[]>, misspelled: [string, string]][] = [
  [
    "nodeTransport",
    (options) => nodeTransport(untyped({ baseUrl, ...options })),
    {
      baseUrl: ["x", 5, null, new URL("ftp://a.example")],
      protocol: ["grcp", null, 5],
      httpVersion: [2, "3", null],
      format: ["xml", null],
      useHttpGet: invalidFlags,
      maxResponseBytes: [...invalidCounts, 2 ** 32, Number.POSITIVE_INFINITY],
      allowInsecureAuth: invalidFlags,
      tls: [5, "x", null, []],
      pingIntervalMs: [...invalidTimes, 0],
      idleConnectionTimeoutMs: invalidTimes,
    },
    ["pingInterval", "pingIntervalMs"],
  ],
  [
    "webTransport",
    (options) => webTransport(untyped({ baseUrl, services, ...options })),
    {
      baseUrl: ["x", 5, null],
      services: [5, null, {}, UserAccountService],
      protocol: ["grpc", null],
      format: ["xml", null],
      fetch: ["x", null],
      useHttpGet: invalidFlags,
      maxResponseBytes: invalidCounts,
      allowInsecureAuth: invalidFlags,
    },
    ["useHttpGets", "useHttpGet"],
  ],
  [
    "fileStore",
    (options) => fileStore("/tmp/x", options),
    { lockMs: invalidCounts, clock: invalidClocks },
    ["lockms", "lockMs"],
  ],
  [
    "redisStore",
    (options) => redisStore(client, "k", options),
    { lockMs: invalidCounts, clock: invalidClocks },
    ["lockms", "lockMs"],
  ],
  [
    "webStorageStore",
    (options) => webStorageStore(storage, "k", options),
    { clock: invalidClocks },
    ["clok", "clock"],
  ],
  [
    "simpleStore",
    (options) => simpleStore({ load: () => null, save: () => {}, ...options }),
    { load: ["x", null, undefined], save: [5, null, undefined] },
    ["loads", "load"],
  ],
  [
    "otelHooks",
    (options) => otelHooks(options),
    { tracer: [5, null, {}], meter: [5, null, {}], semconv: ["rcp", null] },
    ["trace", "tracer"],
  ],
  [
    "refreshableToken",
    (options) => refreshableToken({ refresh: () => ({ accessToken: "a" }), ...options }),
    {
      refresh: ["x", null, undefined],
      initial: [
        5,
        null,
        {},
        { accessToken: "" },
        { accessToken: "Bearer a" },
        { accessToken: "a", expiresAt: 1_767_225_600 },
      ],
      store: [5, null, {}, { ...memoryStore(), load: undefined }],
      advisoryMs: invalidTimes,
      mandatoryMs: invalidTimes,
      timeoutMs: [...invalidTimes, 0],
      takeOverMs: invalidTimes,
      followSignIns: invalidFlags,
      clock: invalidClocks,
      lock: [true, null],
    },
    ["timeout", "timeoutMs"],
  ],
];

describe.each(makers)("%s", (name, make, wrong, [misspelled, meant]) => {
  it.each(Object.entries(wrong))("throws for an invalid %s", (option, values) => {
    for (const value of values) {
      const making = () => make({ [option]: value });
      expect(making).toThrow(InvalidArgumentError);
      expect(making).toThrow(new RegExp(`^${option} `));
    }
  });

  it("throws for an unknown option, and suggests the closest name", () => {
    expect(() => make({ [misspelled]: 1 })).toThrow(
      `${misspelled} is not an option of ${name}. Did you mean ${meant}?`,
    );
  });

  it("treats an undefined option as not set", () => {
    const optional = Object.keys(wrong).filter((option) => !wrong[option]?.includes(undefined));
    const required = ["baseUrl", "services"];
    const options = optional
      .filter((option) => !required.includes(option))
      .map((option) => [option, undefined]);
    expect(() => make(Object.fromEntries(options))).not.toThrow();
  });
});

it.each([
  ["nodeTransport", nodeTransport],
  ["webTransport", webTransport],
  ["simpleStore", simpleStore],
  ["refreshableToken", refreshableToken],
  ["otelHooks", otelHooks],
])("%s throws if its options are not an object", (_, make: (options: never) => unknown) => {
  for (const options of [null, 5, "x", []]) {
    expect(() => make(untyped<never>(options))).toThrow("options must be an object");
  }
});

describe("the location of a token store", () => {
  it("must be a non-empty path for fileStore", () => {
    for (const path of ["", undefined, null, 5]) {
      expect(() => fileStore(untyped(path))).toThrow("path must be a string that is not empty");
    }
  });

  it("must not begin with the `~` of a shell for fileStore, which would create a folder of this name", () => {
    expect(() => fileStore("~/.config/acme/tokens.json")).toThrow(
      "path must not begin with `~`: use `os.homedir()`",
    );
    expect(fileStore("./~/tokens.json").name).toContain("~");
  });

  it("must be a Redis client and a non-empty key for redisStore", () => {
    for (const wrong of [undefined, null, {}, "redis://localhost", Promise.resolve(client)]) {
      expect(() => redisStore(untyped(wrong), "k")).toThrow("client must have a method `eval`");
    }
    expect(() => redisStore(client, "")).toThrow("key must be a string that is not empty");
  });

  it("must not be a client of ioredis for redisStore, because its `eval` has other parameters", () => {
    const ioredis = new Redis({ lazyConnect: true });
    expect(() => redisStore(untyped(ioredis), "k")).toThrow(
      "client must be wrapped if it is an ioredis client: see `RedisClient`",
    );
    ioredis.disconnect();
  });

  it("must be a storage and a non-empty key for webStorageStore", () => {
    // A server has no storage, and a browser without one has null or undefined in its place.
    for (const wrong of [undefined, null, {}, "localStorage", { getItem: () => null }]) {
      expect(() => webStorageStore(untyped(wrong), "k")).toThrow(
        "storage must be localStorage or sessionStorage. Without one, use memoryStore()",
      );
    }
    for (const key of ["", undefined, null, 5]) {
      expect(() => webStorageStore(storage, untyped(key))).toThrow("key must be a string that is not empty");
    }
  });
});

it('nodeTransport with `protocol: "grpc"` throws for HTTP/1.1', () => {
  expect(() => nodeTransport({ baseUrl, protocol: "grpc", httpVersion: "1.1" })).toThrow(
    '"grpc" needs httpVersion "2"',
  );
});
