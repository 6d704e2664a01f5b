import {
  type ChangeableOptions,
  type ClientTransport,
  FamClient,
  type FamClientOptions,
  InvalidArgumentError,
  OnaClient,
  VydonClient,
  type VydonClientOptions,
} from "tenantry";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { untyped } from "../support/untyped.js";

const baseUrl = "https://api.example.com";

/** Creates each client from any value, as a caller without TypeScript can. */
const clients = [
  ["VydonClient", (options: unknown) => new VydonClient(untyped(options))],
  ["OnaClient", (options: unknown) => new OnaClient(untyped(options))],
  ["OnaClient.fromEnv", (options: unknown) => OnaClient.fromEnv(untyped(options))],
  ["FamClient", (options: unknown) => new FamClient(untyped(options))],
] as const;

/** Returns the InvalidArgumentError that a constructor throws. */
function invalidArgument(make: () => unknown): InvalidArgumentError {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error;
    throw error;
  }
  throw new Error("no error was thrown");
}

const invalidTimes = ["5s", -1, Number.NaN, null, 5n, [1], Symbol("5")];
const invalidCounts = ["5", -1, Number.NaN, 1.5, null, 5n, Symbol("5")];
const invalidFunctions = ["x", 5, null, {}, true];
const invalidFlags = ["yes", 1, 0, null, {}];

/** The options, each with invalid values. */
const wrong: [option: string, values: unknown[]][] = [
  ["timeoutMs", invalidTimes],
  ["attemptTimeoutMs", [...invalidTimes, 0, 0.5]],
  ["retry", [5, "never", true, null, [], () => 4]],
  ["retry.maxAttempts", [...invalidCounts, 0]],
  ["retry.initialDelayMs", invalidTimes],
  ["retry.maxDelayMs", invalidTimes],
  ["retry.budget", invalidCounts],
  ["retry.random", invalidFunctions],
  ["hooks", [5, "x", null, [], () => {}]],
  ["hooks.onCallStart", invalidFunctions],
  ["hooks.onCallEnd", invalidFunctions],
  ["logger", [5, "console", null, {}, { error() {}, warn() {}, info() {} }, console.log]],
  ["logLevel", ["loud", "", 5, null]],
  ["hooks.onRequest", invalidFunctions],
  ["hooks.onResponse", invalidFunctions],
  ["hooks.onRetry", invalidFunctions],
  ["hooks.onError", invalidFunctions],
  ["headers", [5, "x", null, { "x-a": "1\n2" }, { "x a": "1" }, { "x-a": undefined }, [["x-a"]]]],
  ["auth", [5, null, {}, [], true, Promise.resolve("token"), "", "a b"]],
  ["fetch", invalidFunctions],
  ["maxResponseBytes", [...invalidCounts, 0]],
  ["allowInsecureAuth", invalidFlags],
  ["clock", [5, null, {}, { now: () => 0 }, Date]],
  [
    "baseUrl",
    ["", "x", 5, null, {}, ["https://a.example"], { href: 5 }, Symbol("x"), new URL("ftp://a.example")],
  ],
];

/** Creates an object with one option, such as `retry.budget`. */
function withOption(option: string, value: unknown): object {
  const [name = "", inner] = option.split(".");
  return { [name]: inner === undefined ? value : { [inner]: value } };
}

describe.each(clients)("%s", (_, make) => {
  it.each(wrong)("throws for an invalid %s", (option, values) => {
    for (const value of values) {
      const error = invalidArgument(() => make({ baseUrl, auth: "t", ...withOption(option, value) }));
      expect(error.message).toMatch(new RegExp(`^${option.replace(".", "\\.")} `));
      expect(error.violations).toMatchObject([{ field: option }]);
    }
  });

  it.each([null, 5, "https://api.example.com", [], () => {}])(
    "throws for %o instead of options",
    (options) => {
      expect(invalidArgument(() => make(options)).message).toMatch(/^options must be an object/);
    },
  );

  it.each([
    [{ apiKey: "secret" }, "apiKey", "Did you mean auth?"],
    [{ token: "secret" }, "token", "Did you mean auth?"],
    [{ accessToken: undefined }, "accessToken", "Did you mean auth?"],
    [{ timeout: 5_000 }, "timeout", "Did you mean timeoutMs?"],
    [{ baseURL: baseUrl }, "baseURL", "Did you mean baseUrl?"],
    [{ url: baseUrl }, "url", "Did you mean baseUrl?"],
    [{ retries: 3 }, "retries", "Did you mean retry?"],
    [{ retry: { maxAttemps: 2 } }, "retry.maxAttemps", "Did you mean retry.maxAttempts?"],
    [{ retry: { unsafe: true } }, "retry.unsafe", "Options: maxAttempts, "],
    [{ hooks: { onRespons: () => {} } }, "hooks.onRespons", "Did you mean hooks.onResponse?"],
    [{ format: "json" }, "format", "Options: timeoutMs, "],
    [{ toString: () => "" }, "toString", "is not an option"],
    [JSON.parse('{"__proto__": 1}'), "__proto__", "is not an option"],
  ])("throws for the unknown option in %o, and suggests the closest name", (options, field, hint) => {
    const error = invalidArgument(() => make({ baseUrl, auth: "t", ...options }));
    expect(error.message).toContain(`${field} is not an option of this client.`);
    expect(error.message).toContain(hint);
    expect(error.message).not.toContain("secret");
    expect(error.violations).toMatchObject([{ field }]);
  });

  it("treats an undefined option as not set", () => {
    const options = Object.fromEntries(wrong.map(([option]) => [option.split(".")[0], undefined]));
    expect(() => make({ ...options, baseUrl, auth: "t" })).not.toThrow();
    expect(() => make({ baseUrl, auth: "t", retry: { budget: undefined } })).not.toThrow();
  });

  it("accepts the largest and the smallest valid values", () => {
    const retry = { maxAttempts: Number.POSITIVE_INFINITY, initialDelayMs: 0, maxDelayMs: 0, budget: 0 };
    const most = { maxResponseBytes: Number.POSITIVE_INFINITY, timeoutMs: Number.POSITIVE_INFINITY };
    expect(() => make({ baseUrl, auth: "t", retry, ...most, attemptTimeoutMs: 1 })).not.toThrow();
    expect(() => make({ baseUrl, auth: "t", retry: false, timeoutMs: 0, maxResponseBytes: 1 })).not.toThrow();
  });

  it("accepts an instance of a class with other fields as `hooks`", () => {
    class Counter {
      calls = 0;
      onRequest() {
        this.calls++;
      }
    }
    expect(() => make({ baseUrl, auth: "t", hooks: new Counter() })).not.toThrow();
  });
});

describe("a client without `options`", () => {
  it("throws for VydonClient and FamClient, which need a `baseUrl`, and not for OnaClient", () => {
    expect(invalidArgument(() => new VydonClient(untyped(undefined))).message).toBe(
      "options must be an object of options",
    );
    expect(invalidArgument(() => new FamClient(untyped(undefined))).message).toBe(
      "options must be an object of options",
    );
    expect(invalidArgument(() => new VydonClient(untyped({}))).message).toBe("baseUrl is missing");
    expect(() => new OnaClient()).not.toThrow();
  });
});

describe("the option `baseUrl`", () => {
  /** Returns the base URLs of the requests that the clients send. */
  async function requestedUrls(options: Pick<VydonClientOptions, "baseUrl">): Promise<string[]> {
    const urls: string[] = [];
    const fetch: typeof globalThis.fetch = async (input) => {
      urls.push(String(input));
      return Response.json({ userId: "ada", account: {} });
    };
    const own = { baseUrl: options.baseUrl ?? "", fetch, retry: false } as const;
    await new VydonClient(own).users.current();
    await failureOf(new OnaClient(own).accounts.get());
    await new FamClient(own).accounts.permissions();
    return urls.map((url) => url.replace(/\/[^/]*\/[^/]*$/, ""));
  }

  it("can be a URL object", async () => {
    const base = new URL("https://api.example.com/a/");
    expect(await requestedUrls({ baseUrl: base })).toEqual(Array(3).fill("https://api.example.com/a"));
  });

  it("must not have a query, even an empty one", () => {
    for (const wrong of ["https://host/api/?", new URL("https://host/api/?")]) {
      expect(invalidArgument(() => new VydonClient({ baseUrl: wrong })).message).toMatch(
        /^baseUrl must not have/,
      );
    }
  });

  it("is also checked if a `transport` is set and only hooks use it", () => {
    const transport = { send: () => Promise.reject(new Error("not called")) };
    for (const wrong of ["x", 5, ""]) {
      expect(invalidArgument(() => new VydonClient({ transport, baseUrl: untyped(wrong) })).message).toMatch(
        /^baseUrl /,
      );
    }
  });
});

describe("the option `transport`", () => {
  it("must be a ClientTransport with a method `send`", () => {
    for (const transport of [5, {}, { unary: () => {}, stream: () => {} }, null]) {
      const error = invalidArgument(
        () => new VydonClient({ transport: untyped<ClientTransport>(transport) }),
      );
      expect(error.message).toBe("transport must have a method `send`");
    }
  });

  it("is not an option of FamClient, which supports only JSON over fetch, and neither is `useHttpGet`", () => {
    const transport = { send: () => Promise.reject(new Error("not called")) };
    for (const own of [{ transport }, { useHttpGet: true }]) {
      const options: FamClientOptions = { baseUrl, ...own };
      expect(invalidArgument(() => new FamClient(options)).message).toMatch(
        /is not an option of this client/,
      );
    }
  });
});

describe("the option `services` of FamClient", () => {
  it.each([
    [5, "services must be an object"],
    [{ member: "a.B" }, "services.member is not an option of this client. Did you mean services.members?"],
    [{ members: "a b" }, "services.members must be a service's full name"],
    [{ members: 5 }, "services.members must be a service's full name"],
  ])("must not be %o", (services, text) => {
    expect(invalidArgument(() => new FamClient({ baseUrl, services: untyped(services) })).message).toContain(
      text,
    );
  });
});

describe("withOptions", () => {
  const all = [new VydonClient({ baseUrl }), new OnaClient({ baseUrl }), new FamClient({ baseUrl })];

  it.each([
    [{ retry: { budget: 0 } }, "retry.budget is not an option of withOptions"],
    [{ auth: "t" }, "auth is not an option of withOptions"],
    [{ baseUrl }, "baseUrl is not an option of withOptions"],
    [{ fetch }, "fetch is not an option of withOptions"],
    [{ timeout: 5 }, "timeout is not an option of withOptions. Did you mean timeoutMs?"],
    [{ timeoutMs: -1 }, "timeoutMs must be a number of milliseconds"],
    [{ headers: { "x-a": "1\n2" } }, "headers has an invalid name or value"],
    [{ headers: { "x a": "1" } }, "headers has an invalid name or value"],
    [undefined, "options must be an object of options"],
    [null, "options must be an object of options"],
  ])("throws for %o", (options, text) => {
    for (const client of all) {
      expect(invalidArgument(() => client.withOptions(untyped(options))).message).toContain(text);
    }
  });

  it("keeps options that the first client has inherited from a class", async () => {
    class Config {
      readonly baseUrl = baseUrl;
      get headers() {
        return { "x-a": "1" };
      }
      async fetch(_url: string | URL | Request, init?: RequestInit) {
        return Response.json({ userId: new Headers(init?.headers).get("x-a") });
      }
    }
    class Changes implements ChangeableOptions {
      get headers() {
        return { "x-a": "2" };
      }
    }
    const client = new VydonClient(new Config());
    for (const [each, id] of [
      [client, "1"],
      [client.withOptions({ timeoutMs: 5_000 }), "1"],
      [client.withOptions(new Changes()), "2"],
    ] as const) {
      expect(await each.users.current()).toEqual({ id });
    }
  });

  it("and later calls do not see changes to the object that the client was created with", async () => {
    const urls: string[] = [];
    const headers = new Headers({ "x-a": "1" });
    const options: VydonClientOptions = {
      baseUrl,
      headers,
      fetch: async (url, init) => {
        urls.push(String(url));
        return Response.json({ userId: new Headers(init?.headers).get("x-a") });
      },
    };
    const client = new VydonClient(options);
    headers.set("x-a", "2");
    Object.assign(options, {
      fetch: () => Promise.reject(new Error("changed")),
      useHttpGet: true,
      maxResponseBytes: 1,
    });
    for (const each of [client, client.withOptions({ timeoutMs: 5_000 })]) {
      expect(await each.users.current()).toEqual({ id: "1" });
    }
    const url = `${baseUrl}/mgmt.v1alpha1.UserAccountService/GetUser`;
    expect(urls).toEqual([url, url]);
  });

  it("keeps the retry budget of the first client, and the options that it was created with", async () => {
    let requests = 0;
    const options = {
      baseUrl,
      fetch: async () => {
        requests++;
        return new Response("", { status: 503 });
      },
      retry: { budget: 2, maxAttempts: 10, initialDelayMs: 0 },
      headers: { "x-a": "1" },
    };
    const client = new VydonClient(options);
    options.baseUrl = "changed";
    options.retry = untyped(5);
    const changes: ChangeableOptions = { timeoutMs: 0 };
    await failureOf(client.withOptions(changes).withOptions({}).users.current());
    expect(requests).toBe(3);
  });
});
