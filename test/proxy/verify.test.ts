import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { RecordedCall } from "../../src/mock/node/recording/recorded-call.js";
import { run, startCommand } from "../support/run-command.js";
import { getUser, json, openFolder } from "./real-server.js";

const files = openFolder();

/** The service and the method of a call, and the fields that are not as usual. */
type PartialCall = Partial<RecordedCall> & { readonly path: string };

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

  it("exits with 2 for a wrong file of faults", async () => {
    const [file, faults] = [files.next(), files.next()];
    await writeFile(file, `{"step":0}\n${lineWith('"request":{}')}\n`);
    await writeFile(faults, '[{ "cod": "unavailable" }]');
    const { code, err } = await run("verify", file, "--faults", faults);
    expect(err).toContain("faults[0].cod is not known");
    expect(code).toBe(2);
  });

  it("replays a request with a value of almost 4 MiB", async () => {
    const file = files.next();
    const fields = `"request":{"name":"<name:1 like a{${2 ** 22 - 100}}>"},"code":null,"message":null,"details":null,"response":{}`;
    await writeFile(file, `{"step":0}\n${lineWith(fields)}\n`);
    const { code, err } = await run("verify", file);
    expect({ code, err }).toEqual({ code: 1, err: "" });
  });

  /** Writes a recording of these calls. Returns what `tenantry verify` prints for it. */
  async function verify(calls: readonly PartialCall[], ...argv: string[]) {
    const file = files.next();
    const lines = calls.map(({ path, ...fields }, index) => {
      const [service, method] = path.split("/");
      return {
        step: index + 1,
        time: "2026-01-01T00:00:00.000Z",
        as: "<token:1>",
        service,
        method,
        request: {},
        httpStatus: 200,
        code: null,
        message: null,
        details: null,
        response: null,
        ...fields,
      };
    });
    const head = { step: 0, recorder: "tenantry mock --proxy" };
    await writeFile(file, [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(""));
    const { code, out } = await run("verify", file, ...argv);
    return { code, lines: out.trimEnd().split("\n") };
  }

  const users = "mgmt.v1alpha1.UserAccountService";

  it("does not compare what depends on state from before the recording", async () => {
    const accounts = [{ accountId: "<uuid:3>", permissions: ["account:read"] }];
    const identity = {
      subject: { id: "<uuid:5>", principal: "PRINCIPAL_USER" },
      organizationId: "<uuid:4>",
    };
    const as = "<token:2>";
    const request = { userId: "<uuid:5>", description: "ci", validFor: "3600s" };
    const { code, lines } = await verify([
      // FAM declares no method as a read.
      { path: "fam.v1.AccountService/ListMyPermissions", response: { userId: "<id:1>", accounts } },
      // Its token is for a user of an organization. The mock signs the person in without one.
      { as, path: "gitpod.v1.IdentityService/GetAuthenticatedIdentity", response: identity },
      {
        as,
        path: "gitpod.v1.UserService/CreatePersonalAccessToken",
        request,
        response: { token: "<token:3>" },
      },
    ]);
    expect(lines).toEqual([
      "line 2, fam.v1.AccountService/ListMyPermissions: cannot be compared: response.accounts[0] is from before the recording began",
      "line 3, gitpod.v1.IdentityService/GetAuthenticatedIdentity: cannot be compared: response.subject.principal, response.organizationId are from before the recording began",
      "line 4, gitpod.v1.UserService/CreatePersonalAccessToken: cannot be compared: the token is for a user of an organization from before the recording began",
      "3 calls: 0 the same, 0 differ; 3 cannot be compared.",
    ]);
    expect(code).toBe(0);
  });

  it("reports a name that differs only by a space at its end", async () => {
    const personal = { id: "<uuid:2>", name: "personal ", type: "USER_ACCOUNT_TYPE_PERSONAL" };
    const { code, lines } = await verify([
      { path: `${users}/SetUser`, response: { userId: "<uuid:1>" } },
      { path: `${users}/SetPersonalAccount`, response: { accountId: "<uuid:2>" } },
      { path: `${users}/GetUserAccounts`, response: { accounts: [personal] } },
    ]);
    expect(lines[0]).toContain('the recording has "personal ", the mock has "personal"');
    expect(code).toBe(1);
  });

  it.each<[string, PartialCall, string[]]>([
    [
      "a field that only the mock has",
      { path: `${users}/SetUser`, response: {} },
      ['response.userId: the recording has nothing, the mock has "'],
    ],
    [
      "the status, the message and the details of an error",
      {
        path: `${users}/CreateTeamAccount`,
        request: { name: "No!" },
        httpStatus: 422,
        code: "invalid_argument",
        message: "no",
      },
      [
        "httpStatus: the recording has 422, the mock has 400",
        'message: the recording has "no", the mock has "validation error',
        'details[]: the recording has nothing, the mock has {"type":"buf.validate.Violations"',
      ],
    ],
    [
      "the status of a refused token",
      { path: `${users}/GetUser`, httpStatus: 403, code: "unauthenticated", message: "it has expired" },
      ["httpStatus: the recording has 403, the mock has 401", 'message: the recording has "it has expired"'],
    ],
  ])("reports %s", async (_what, call, differences) => {
    const { code, lines } = await verify([call]);
    expect(lines.slice(0, -1)).toEqual(differences.map((text) => expect.stringContaining(text)));
    expect(code).toBe(1);
  });

  it.each<[string, PartialCall]>([
    [
      "the recording does not contain the reason why the server refused the token",
      { path: `${users}/GetUser`, httpStatus: 401, code: "unauthenticated", message: "it has expired" },
    ],
    [
      "the recording does not contain fields of the response",
      { path: `${users}/SetUser`, response: {}, unrecorded: ["fields of the response"] },
    ],
    ["the recording does not contain the request", { path: `${users}/SetUser`, unrecorded: ["the request"] }],
    ["the mock has no such method", { path: `${users}/GetOther`, response: {} }],
  ])("does not compare a call if %s", async (why, call) => {
    const { code, lines } = await verify([call]);
    expect(lines).toEqual([
      `line 2, ${call.path}: cannot be compared: ${why}`,
      "1 call: 0 the same, 0 differ; 1 cannot be compared.",
    ]);
    expect(code).toBe(0);
  });

  it("sends other credentials than a token if the recorded call had some", async () => {
    const call: PartialCall = {
      path: `${users}/GetUser`,
      unrecorded: ["the form of the credentials"],
      httpStatus: 401,
      code: "unauthenticated",
      message: "must provided bearer token",
    };
    expect(await verify([call])).toEqual({ code: 0, lines: ["1 call: 1 the same, 0 differ."] });
  });

  it("names the first difference that made later calls differ", async () => {
    const accountId = "<uuid:1>";
    const { lines } = await verify([
      { path: `${users}/CreateTeamAccount`, request: { name: "No!" }, response: { accountId } },
      { path: `${users}/CreateTeamAccount`, request: { name: "No!" }, response: { accountId } },
      {
        path: `${users}/InviteUserToTeamAccount`,
        request: { accountId, email: "<email:1@1>" },
        response: { invite: { token: "<token:2>" } },
      },
      { path: `${users}/AcceptTeamAccountInvite`, request: { token: "<token:2>" }, response: {} },
    ]);
    expect(lines.slice(2)).toEqual([
      `line 4, ${users}/InviteUserToTeamAccount: differs because line 2 differs`,
      `line 5, ${users}/AcceptTeamAccountInvite: differs because line 2 differs`,
      "4 calls: 0 the same, 2 differ, and 2 more because of them.",
    ]);
  });

  it("compares a write that the mock refuses to a caller from before the recording, but no read", async () => {
    const faults = files.next();
    await writeFile(faults, JSON.stringify([{ code: "permission_denied" }]));
    const calls = ["GetUser", "SetUser"].map((method) => ({
      path: `${users}/${method}`,
      response: { userId: "<uuid:1>" },
    }));
    const { lines } = await verify(calls, "--faults", faults);
    expect(lines).toEqual([
      `line 2, ${users}/GetUser: cannot be compared: the recording does not contain the state of the caller before it began`,
      expect.stringContaining(`line 3, ${users}/SetUser: code: the recording has "ok"`),
      "2 calls: 0 the same, 1 differs; 1 cannot be compared.",
    ]);
  });
});
