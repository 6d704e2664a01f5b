import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { run, startCommand } from "../support/run-command.js";
import { getUser, json, openFolder } from "./real-server.js";

const files = openFolder();

/** Returns a line of a recording with these fields. */
function lineWith(fields: string): string {
  return `{"step":1,"httpStatus":200,"time":"2026-01-01T00:00:00Z","as":null,"service":"mgmt.v1alpha1.UserAccountService","method":"CreateTeamAccount",${fields}}`;
}

describe("tenantry verify", () => {
  it("prints help with --help", async () => {
    expect(await run("verify", "--help")).toMatchObject({
      code: 0,
      out: expect.stringContaining("Exits with 0"),
    });
  });

  it.each([
    [[], "the recording is missing"],
    [["a.jsonl", "b.jsonl"], "one recording at a time"],
    [["no-such-file.jsonl"], "cannot read no-such-file.jsonl"],
    [["a.jsonl", "--no-rbca"], 'there is no option --no-rbca; did you mean "--no-rbac"'],
    [["a.jsonl", "--cloud", "--no-cloud"], "contradict each other"],
    [["a.jsonl", "--flavor", "sweet"], "give vydon or neosync"],
    [["a.jsonl", "--flavor"], "--flavor needs a value"],
    [["package.json"], "is not JSON: this is not a recording"],
    [["test/recordings/scenario-cloud-rbac.jsonl"], "Only recordings of tenantry mock --proxy"],
  ])("exits with 2 for the wrong arguments %j", async (argv, message) => {
    const { code, err } = await run("verify", ...argv);
    expect(err).toContain(message);
    expect(err).toContain("See tenantry verify --help.");
    expect(code).toBe(2);
  });

  it("exits with 2 for the log of a mock without --proxy", async () => {
    const file = files.next();
    const mock = await startCommand("--record", file, "--quiet");
    await fetch(mock.url + getUser, { method: "POST", headers: json, body: "{}" });
    expect(await mock.stop()).toBe(0);
    const { code, err } = await run("verify", file);
    expect(err).toContain(`${file}, line 1 is not a call of a real server`);
    expect(code).toBe(2);
  });

  it.each([
    ["", "has no calls"],
    ['{"step":0,"recorder":"tenantry mock --proxy"}\n', "has no calls"],
    // With a byte order mark, as some editors write it.
    ['\ufeff{"step":0,"recorder":"tenantry mock --proxy"}\n', "has no calls"],
    ['{"step":0}\n{"step":1,"method":"GetUser"}\n', "line 2 is not a call of a real server"],
    ['{"step":0}\n{"step":1}\n', "line 2 is not a call"],
    ['{"step":0}\n{"step":1,"httpStatus":200}\n', "line 2 is not a call"],
    ['{"step":0}\n{"step":1,"httpStatus":200,"time":"yesterday"}\n', "line 2 is not a call"],
    ['{"step":0}\n{"step":1,"httpStatus":200,"time":"+020000-01-01T00:00:00Z"}\n', "line 2 is not a call"],
    [
      `{"step":0}\n${lineWith('"request":{"name":"<name:1 like a{2000000000}>"}')}\n`,
      "line 2 has values of more than 4 MiB",
    ],
    [
      `{"step":0}\n${lineWith(`"request":{"name":"${"<name:1 like a{2000000}>".repeat(3)}"}`)}\n`,
      "line 2 has values of more",
    ],
    [
      `{"step":0}\n${lineWith('"response":{"email":"<email:1 like a{99999999999999999999}>"}')}\n`,
      "line 2 has values of more",
    ],
  ])("exits with 2 if the file is %j", async (text, message) => {
    const file = files.next();
    await writeFile(file, text);
    const { code, err } = await run("verify", file);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it("replays a request with a value of almost 4 MiB", async () => {
    const file = files.next();
    const fields = `"request":{"name":"<name:1 like a{${2 ** 22 - 100}}>"},"code":null,"message":null,"details":null,"response":{}`;
    await writeFile(file, `{"step":0}\n${lineWith(fields)}\n`);
    const { code, err } = await run("verify", file);
    expect({ code, err }).toEqual({ code: 1, err: "" });
  });

  /** Writes a recording of calls that succeeded. Returns what `tenantry verify` prints for it. */
  async function verify(...calls: [as: string, method: string, request: object, response: object][]) {
    const file = files.next();
    const lines = calls.map(([as, path, request, response], index) => {
      const [service, method] = path.split("/");
      return {
        step: index + 1,
        time: "2026-01-01T00:00:00.000Z",
        ...{ as, service, method, request },
        ...{ httpStatus: 200, code: null, message: null, details: null, response },
      };
    });
    const head = { step: 0, recorder: "tenantry mock --proxy" };
    await writeFile(file, [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(""));
    const { code, out } = await run("verify", file);
    return { code, lines: out.trimEnd().split("\n") };
  }

  it("does not compare what depends on state from before the recording", async () => {
    const accounts = [{ accountId: "<uuid:3>", permissions: ["account:read"] }];
    const identity = {
      subject: { id: "<uuid:5>", principal: "PRINCIPAL_USER" },
      organizationId: "<uuid:4>",
    };
    const pat = { userId: "<uuid:5>", description: "ci", validFor: "3600s" };
    const { code, lines } = await verify(
      // FAM declares no method as a read.
      ["<token:1>", "fam.v1.AccountService/ListMyPermissions", {}, { userId: "<id:1>", accounts }],
      // Its token is for a user of an organization. The mock signs the person in without one.
      ["<token:2>", "gitpod.v1.IdentityService/GetAuthenticatedIdentity", {}, identity],
      ["<token:2>", "gitpod.v1.UserService/CreatePersonalAccessToken", pat, { token: "<token:3>" }],
    );
    expect(lines).toEqual([
      "line 2, fam.v1.AccountService/ListMyPermissions: cannot be compared: response.accounts[0] is from before the recording began",
      "line 3, gitpod.v1.IdentityService/GetAuthenticatedIdentity: cannot be compared: response.subject.principal, response.organizationId are from before the recording began",
      "line 4, gitpod.v1.UserService/CreatePersonalAccessToken: cannot be compared: the token is for a user of an organization from before the recording began",
      "3 calls: 0 the same, 0 differ; 3 cannot be compared.",
    ]);
    expect(code).toBe(0);
  });

  it("reports a name that differs only by a space at its end", async () => {
    const service = "mgmt.v1alpha1.UserAccountService";
    const personal = { id: "<uuid:2>", name: "personal ", type: "USER_ACCOUNT_TYPE_PERSONAL" };
    const { code, lines } = await verify(
      ["<token:1>", `${service}/SetUser`, {}, { userId: "<uuid:1>" }],
      ["<token:1>", `${service}/SetPersonalAccount`, {}, { accountId: "<uuid:2>" }],
      ["<token:1>", `${service}/GetUserAccounts`, {}, { accounts: [personal] }],
    );
    expect(lines[0]).toContain('the recording has "personal ", the mock has "personal"');
    expect(code).toBe(1);
  });
});
