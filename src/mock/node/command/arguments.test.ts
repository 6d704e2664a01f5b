import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { run } from "../../../../test/support/run-command.js";
import { readArguments } from "./arguments.js";
import { UsageError } from "./parse-options.js";

describe("the command's arguments", () => {
  it("have defaults", () => {
    expect(readArguments(["mock"])).toEqual({
      help: false,
      version: false,
      requestIds: false,
      allowedHosts: [],
      port: 4010,
      host: "127.0.0.1",
      apis: ["vydon", "ona", "fam"],
      seed: undefined,
      faults: undefined,
      record: undefined,
      proxy: undefined,
      force: false,
      allowInsecureAuth: false,
      vydon: { cloud: true, rbac: true, auth: true, flavor: "vydon" },
      latencyMs: 0,
      admin: true,
      lenient: false,
      quiet: false,
    });
  });

  it("accept several names for --allowed-hosts", () => {
    const { allowedHosts } = readArguments(["mock", "--allowed-hosts", "mock, 192.168.1.5,[::1]"]);
    expect(allowedHosts).toEqual(["mock", "192.168.1.5", "[::1]"]);
  });

  it("accept short options, values after = and negated flags", () => {
    expect(readArguments(["mock", "-p", "0", "--host=::1", "--seed", "a.json", "--no-cloud"])).toMatchObject({
      port: 0,
      host: "::1",
      seed: "a.json",
      vydon: { cloud: false, rbac: true },
    });
    expect(readArguments(["mock", "--cloud", "--no-rbac", "--no-auth", "--flavor=neosync"]).vydon).toEqual({
      cloud: true,
      rbac: false,
      auth: false,
      flavor: "neosync",
    });
    expect(readArguments(["mock", "--no-auth"]).vydon).toMatchObject({ rbac: true, auth: false });
    expect(readArguments(["mock", "--faults", "f.json", "--record=r.jsonl"])).toMatchObject({
      faults: "f.json",
      record: "r.jsonl",
    });
    expect(readArguments(["mock", "--lenient", "--quiet"])).toMatchObject({ lenient: true, quiet: true });
    expect(readArguments(["mock", "--api", "fam, vydon"]).apis).toEqual(["vydon", "fam"]);
    expect(readArguments(["mock", "--latency", "200"]).latencyMs).toBe(200);
    expect(readArguments(["mock", "--latency", "2.5"]).latencyMs).toBe(3);
    expect(readArguments(["mock", "--latency", "1.5s"]).latencyMs).toBe(1_500);
    expect(readArguments(["-h"]).help).toBe(true);
  });

  it("let only programs on this machine control the server by default", () => {
    const admin = (...argv: string[]) => readArguments(["mock", ...argv]).admin;
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
      expect(admin("--host", host)).toBe(true);
    for (const host of ["0.0.0.0", "::", "192.0.2.1", "127.example.com"])
      expect(admin("--host", host)).toBe(false);
    expect(admin("--host", "0.0.0.0", "--admin")).toBe(true);
    expect(admin("--no-admin")).toBe(false);
  });

  it.each([
    [[], "the command is missing: tenantry mock, or tenantry verify"],
    [["serve"], 'there is no command "serve", only "mock" and "verify"'],
    [["mock", "4010"], '"4010" is not an option'],
    [["mock", "--prot", "1"], 'there is no option --prot; did you mean "--port"'],
    [["mock", "--port"], "--port needs a value"],
    [["mock", "--port", "--host", "x"], "--port needs a value"],
    [["mock", "--seed="], "--seed needs a value"],
    [["mock", "-p"], "-p needs a value"],
    [["mock", "--port", "http"], "--port http is not a port"],
    [["mock", "--port", "65536"], "--port 65536 is not a port"],
    [["mock", "--api", "vydon,onna"], 'there is no API "onna"; did you mean "ona"'],
    [["mock", "--api", "github"], 'there is no API "github"; the APIs are vydon, ona, fam'],
    [["mock", "--latency", "soon"], "--latency soon is not a duration: give milliseconds"],
    [["mock", "--fault", "a.json"], 'there is no option --fault; did you mean "--faults"'],
    [["mock", "--allowed-hosts", "db:4010"], '"db:4010" is not the name of a host'],
    [["mock", "--flavor", "gitpod"], "--flavor gitpod is not known: give vydon or neosync"],
    [["mock", "--force"], "--force is for --record only"],
    [["mock", "--allow-insecure-auth"], "--allow-insecure-auth is for --proxy only"],
    [["mock", "--proxy", "https://a.example", "--force"], "--force is for --record only"],
    [["mock", "--proxy", "a.example"], "--proxy: the URL must begin with https:// or http://"],
    [["mock", "--proxy", "https://me:pw@a.example"], "must not contain a user name or a password"],
    [["mock", "--proxy", "https://:pw@a.example"], "must not contain a user name or a password"],
    [["mock", "--proxy", "https://a.example?key=1"], "must not contain a query"],
    [["mock", "--proxy", "https://a.example#key"], "must not contain a query or a fragment"],
    [["mock", "--cloud=no"], "--cloud takes no value"],
    [["mock", "--cloud", "--no-cloud"], "--cloud and --no-cloud contradict each other"],
  ])("are refused if they are wrong: %j", (argv, message) => {
    expect(() => readArguments(argv)).toThrow(message);
    expect(() => readArguments(argv)).toThrow(UsageError);
  });

  it.each([
    "--api=ona",
    "--request-ids",
    "--seed=a.json",
    "--faults=a.json",
    "--latency=1s",
    "--no-cloud",
    "--no-rbac",
    "--auth",
    "--flavor=vydon",
    "--no-admin",
    "--lenient",
  ])("have no %s with --proxy", (option) => {
    expect(() => readArguments(["mock", "--proxy", "https://a.example", option])).toThrow(
      `${option.replace(/=.*/, "")} is for the mock, and --proxy passes`,
    );
  });
});

describe("the command", () => {
  it("prints its version", async () => {
    const { version } = JSON.parse(await readFile("package.json", "utf8"));
    expect(await run("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
    expect(await run("mock", "--version")).toMatchObject({ code: 0, out: `${version}\n` });
  });

  it("prints its options with --help", async () => {
    expect(await run("--help")).toMatchObject({
      code: 0,
      out: expect.stringContaining("--seed FILE"),
      err: "",
    });
    const { code, out } = await run("mock", "--help");
    expect(code).toBe(0);
    for (const text of ["Usage: ", "clock runs in real time."]) expect(out).toContain(text);
  });

  it("ends with 2 when it is called wrongly", async () => {
    const { code, out, err } = await run("mock", "--prot");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("See tenantry --help.");
  });

  it("ends with 0 when it is told to end", async () => {
    expect(await run("mock", "--port", "0")).toMatchObject({
      code: 0,
      out: expect.stringContaining("curl http://127.0.0.1:"),
    });
  });
});
