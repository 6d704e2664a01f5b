import { describe, expect, it } from "vitest";
import { entries } from "../../scripts/entries.js";
import { Editor, type PublicName } from "./editor.js";

describe("an editor", () => {
  // The services and messages of `proto` are generated.
  const written = entries.filter(({ specifier }) => !specifier.includes("/proto/"));
  const names = new Editor(
    written.map(({ specifier }) => `export * from "${specifier}";`).join("\n"),
  ).names();

  function namesWith(is: (name: PublicName) => boolean): string[] {
    return [...new Set(names.filter(is).map(({ path }) => path))];
  }

  it("shows docs for every public name and every member of it", () => {
    expect(names.length).toBeGreaterThan(2_000);
    // The names of RPCs are strings, and strings have no docs.
    const isCall = (path: string) => path.startsWith("MockCalls.");
    expect(namesWith(({ path, docs }) => !isCall(path) && (docs === "" || docs.startsWith("@")))).toEqual([]);
  });

  it("shows no broken link or tag", () => {
    // A link over two lines keeps the asterisk of the second line. A link after `@throws` is read as a type.
    expect(namesWith(({ docs }) => /\{@\w+ \*|@\w+ \{|@throws \w+$/m.test(docs))).toEqual([]);
  });
});

describe("a file of a user", () => {
  const editor = new Editor(`
    import { type ClientTransport, OnaClient, VydonClient } from "tenantry";
    import { createMockServer } from "tenantry/mock";
    import { apiMutation } from "tenantry/query";

    declare const transport: ClientTransport;
    new VydonClient({ ^baseUrl: "https://vydon.example.com" });
    new VydonClient({ ^transport });
    new OnaClient({ ^baseUrl: "https://ona.example.com" });
    const server = createMockServer({ ^apis: ["ona"] });
    server.^faults.^inject({ code: "unavailable" });
    server.^calls;

    new VydonClient({ auth: "key" });
    server.faults.inject({ method: "GetUsers" });
    server.calls.of("GetUsers");
    apiMutation(null!, { key: "acme", run: async () => {}, touches: () => [] });
  `);

  it("has hovers with the names of types, and with docs", () => {
    const hovers = editor.hovers();
    expect(hovers.map(({ signature }) => signature)).toEqual([
      "(property) UrlAddress.baseUrl: string | URL",
      "(property) TransportAddress.transport: ClientTransport",
      "(property) OnaClientOptions.baseUrl?: string | URL | undefined",
      "(property) MockServerOptions.apis?: readonly MockApi[] | undefined",
      "(property) MockServer.faults: Faults<MockMethod>",
      "(method) Faults<MockMethod>.inject(options: FaultOptions<MockMethod>): FaultHandle",
      "(property) MockServer.calls: Calls<MockCalls, MockMethod>",
    ]);
    expect(hovers.filter(({ docs }) => docs === "")).toEqual([]);
  });

  it("has short errors for common mistakes", () => {
    expect(editor.errors().map((text) => text.split("\n").at(-1)?.trim())).toEqual([
      "Property 'baseUrl' is missing in type '{ auth: string; }' but required in type 'UrlAddress'.",
      `Type '"GetUsers"' is not assignable to type 'MockMethod | undefined'. Did you mean '"GetUser"'?`,
      `Argument of type '"GetUsers"' is not assignable to parameter of type 'MockMethod'.`,
      "Type 'string' is not assignable to type 'readonly unknown[]'.",
    ]);
    expect(Math.max(...editor.errors().map((text) => text.split("\n").length))).toBeLessThanOrEqual(3);
  });
});
