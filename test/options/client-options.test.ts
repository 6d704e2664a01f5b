import {
  type ClientOptions,
  type ClientTransport,
  FamClient,
  type FamClientOptions,
  InvalidArgumentError,
  OnaClient,
  type SharedOptions,
  VydonClient,
} from "tenantry";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/scripted.js";
import { untyped } from "../support/untyped.js";

const baseUrl = "https://api.example.com";

/** The three clients, with options as a caller without TypeScript may pass them. */
const clients = [
  ["VydonClient", (options: unknown) => new VydonClient(untyped(options))],
  ["OnaClient", (options: unknown) => new OnaClient(untyped(options))],
  ["OnaClient.fromEnv", (options: unknown) => OnaClient.fromEnv(untyped(options))],
  ["FamClient", (options: unknown) => new FamClient(untyped(options))],
] as const;

/** What a constructor throws: it must be an InvalidArgumentError that names the option. */
function refusal(make: () => unknown): InvalidArgumentError {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

const noTime = ["5s", -1, Number.NaN, null, 5n, [1], Symbol("5")];
const noCount = ["5", -1, Number.NaN, 1.5, null, 5n, Symbol("5")];
const noFunction = ["x", 5, null, {}, true];
const noFlag = ["yes", 1, 0, null, {}];

/** Options that are wrong, and the option that the error names. */
const wrong: [option: string, values: unknown[]][] = [
  ["timeoutMs", noTime],
  ["attemptTimeoutMs", [...noTime, 0]],
  ["retry", [5, "never", true, null, [], () => 4]],
  ["retry.maxAttempts", [...noCount, 0]],
  ["retry.initialDelayMs", noTime],
  ["retry.maxDelayMs", noTime],
  ["retry.budget", noCount],
  ["retry.random", noFunction],
  ["hooks", [5, "x", null, [], () => {}]],
  ["hooks.onCallStart", noFunction],
  ["hooks.onCallEnd", noFunction],
  ["logger", [5, "console", null, {}, { error() {}, warn() {}, info() {} }, console.log]],
  ["logLevel", ["loud", "", 5, null]],
  ["hooks.onRequest", noFunction],
  ["hooks.onResponse", noFunction],
  ["hooks.onRetry", noFunction],
  ["hooks.onError", noFunction],
  ["headers", [5, "x", null, { "x-a": "1\n2" }, { "x a": "1" }, { "x-a": undefined }, [["x-a"]]]],
  ["auth", [5, null, {}, [], true, Promise.resolve("token"), "", "a b"]],
  ["fetch", noFunction],
  ["maxResponseBytes", [...noCount, 0]],
  ["allowInsecureAuth", noFlag],
  ["clock", [5, null, {}, { now: () => 0 }, Date]],
  [
    "baseUrl",
    ["", "x", 5, null, {}, ["https://a.example"], { href: 5 }, Symbol("x"), new URL("ftp://a.example")],
  ],
];

/** An object with one option, such as `retry.budget`. */
function withOption(option: string, value: unknown): object {
  const [name = "", inner] = option.split(".");
  return { [name]: inner === undefined ? value : { [inner]: value } };
}

describe.each(clients)("%s", (_, make) => {
  it.each(wrong)("refuses a wrong %s", (option, values) => {
    for (const value of values) {
      const error = refusal(() => make({ baseUrl, auth: "t", ...withOption(option, value) }));
      expect(error.message).toMatch(new RegExp(`^${option.replace(".", "\\.")} `));
      expect(error.violations).toMatchObject([{ field: option }]);
    }
  });

  it.each([null, 5, "https://api.example.com", [], () => {}])("refuses %o in place of options", (options) => {
    expect(refusal(() => make(options)).message).toBe("options must be an object");
  });

  it.each([
    [{ apiKey: "secret" }, "apiKey", "Did you mean auth?"],
    [{ token: "secret" }, "token", "Did you mean auth?"],
    [{ accessToken: undefined }, "accessToken", "Did you mean auth?"],
    [{ timeout: 5_000 }, "timeout", "Did you mean timeoutMs?"],
    [{ baseURL: baseUrl }, "baseURL", "Did you mean baseUrl?"],
    [{ url: baseUrl }, "url", "Did you mean baseUrl?"],
    [{ retries: 3 }, "retries", "Did you mean retry?"],
    [{ retry: { maxAttemps: 2 } }, "retry.maxAttemps", "Did you mean retry.maxAttempts?"],
    [{ retry: { unsafe: true } }, "retry.unsafe", "The options are: maxAttempts, "],
    [{ hooks: { onRespons: () => {} } }, "hooks.onRespons", "Did you mean hooks.onResponse?"],
    [{ format: "json" }, "format", "The options are: timeoutMs, "],
    [{ toString: () => "" }, "toString", "is not an option"],
    [JSON.parse('{"__proto__": 1}'), "__proto__", "is not an option"],
  ])("refuses %o, and suggests the closest name", (options, field, hint) => {
    const error = refusal(() => make({ baseUrl, auth: "t", ...options }));
    expect(error.message).toContain(`${field} is not an option of this client.`);
    expect(error.message).toContain(hint);
    expect(error.message).not.toContain("secret");
    expect(error.violations).toMatchObject([{ field }]);
  });

  it("takes what is undefined as left out", () => {
    const options = Object.fromEntries(wrong.map(([option]) => [option.split(".")[0], undefined]));
    expect(() => make({ ...options, baseUrl, auth: "t" })).not.toThrow();
    expect(() => make({ baseUrl, auth: "t", retry: { budget: undefined } })).not.toThrow();
  });

  it("takes the largest and the smallest that its options can be", () => {
    const retry = { maxAttempts: Number.POSITIVE_INFINITY, initialDelayMs: 0, maxDelayMs: 0, budget: 0 };
    const most = { maxResponseBytes: Number.POSITIVE_INFINITY, timeoutMs: Number.POSITIVE_INFINITY };
    expect(() => make({ baseUrl, auth: "t", retry, ...most, attemptTimeoutMs: 1 })).not.toThrow();
    expect(() => make({ baseUrl, auth: "t", retry: false, timeoutMs: 0, maxResponseBytes: 1 })).not.toThrow();
  });

  it("takes hooks that are an instance of a class with fields of its own", () => {
    class Counter {
      calls = 0;
      onRequest() {
        this.calls++;
      }
    }
    expect(() => make({ baseUrl, auth: "t", hooks: new Counter() })).not.toThrow();
  });
});

describe("a client without options", () => {
  it("is refused if it needs an address", () => {
    expect(refusal(() => new VydonClient(untyped(undefined))).message).toBe("options must be an object");
    expect(refusal(() => new FamClient(untyped(undefined))).message).toBe("options must be an object");
    expect(refusal(() => new VydonClient(untyped({}))).message).toMatch(/^baseUrl must be an absolute/);
    expect(() => new OnaClient()).not.toThrow();
  });
});

describe("a base URL", () => {
  /** Where a client's calls go. */
  async function target(options: Pick<ClientOptions, "baseUrl">): Promise<string[]> {
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

  it("may be a URL object", async () => {
    const base = new URL("https://api.example.com/a/");
    expect(await target({ baseUrl: base })).toEqual(Array(3).fill("https://api.example.com/a"));
  });

  it("has no query, not even an empty one", () => {
    for (const wrong of ["https://host/api/?", new URL("https://host/api/?")]) {
      expect(refusal(() => new VydonClient({ baseUrl: wrong })).message).toMatch(/^baseUrl must not have/);
    }
  });

  it("is checked too if it is only what hooks report", () => {
    const transport = { send: () => Promise.reject(new Error("not called")) };
    for (const wrong of ["x", 5, ""]) {
      expect(refusal(() => new VydonClient({ transport, baseUrl: untyped(wrong) })).message).toMatch(
        /^baseUrl /,
      );
    }
  });
});

describe("a transport", () => {
  it("must be one of ours", () => {
    for (const transport of [5, {}, { unary: () => {}, stream: () => {} }, null]) {
      const error = refusal(() => new VydonClient({ transport: untyped<ClientTransport>(transport) }));
      expect(error.message).toBe("transport must have a method `send`");
    }
  });

  it("is refused by FamClient, which sends JSON over fetch only; useHttpGet is too", () => {
    const transport = { send: () => Promise.reject(new Error("not called")) };
    for (const own of [{ transport }, { useHttpGet: true }]) {
      const options: FamClientOptions = { baseUrl, ...own };
      expect(refusal(() => new FamClient(options)).message).toMatch(/is not an option of this client/);
    }
  });
});

describe("FAM's services", () => {
  it.each([
    [5, "services must be an object"],
    [{ member: "a.B" }, "services.member is not an option of this client. Did you mean services.members?"],
    [{ members: "a b" }, "services.members must be a service's full name"],
    [{ members: 5 }, "services.members must be a service's full name"],
  ])("are not %o", (services, text) => {
    expect(refusal(() => new FamClient({ baseUrl, services: untyped(services) })).message).toContain(text);
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
    [{ headers: { "x-a": "1\n2" } }, "headers has a value"],
    [undefined, "options must be an object"],
    [null, "options must be an object"],
  ])("refuses %o, which it cannot change", (options, text) => {
    for (const client of all) {
      expect(refusal(() => client.withOptions(untyped(options))).message).toContain(text);
    }
  });

  it("keeps what the first client's options have inherited from a class", async () => {
    class Config {
      readonly baseUrl = baseUrl;
      get headers() {
        return { "x-a": "1" };
      }
      async fetch(_url: string | URL | Request, init?: RequestInit) {
        return Response.json({ userId: new Headers(init?.headers).get("x-a") });
      }
    }
    class Changes implements SharedOptions {
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

  it("keeps the budget of the first client, and its other options as they were then", async () => {
    let asked = 0;
    const options = {
      baseUrl,
      fetch: async () => {
        asked++;
        return new Response("", { status: 503 });
      },
      retry: { budget: 2, maxAttempts: 10, initialDelayMs: 0 },
      headers: { "x-a": "1" },
    };
    const client = new VydonClient(options);
    options.baseUrl = "changed";
    options.retry = untyped(5);
    const changes: SharedOptions = { timeoutMs: 0 };
    await failureOf(client.withOptions(changes).withOptions({}).users.current());
    expect(asked).toBe(3);
  });
});
