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

  it("does not compare what depends on state from before the recording", async () => {
    const file = files.next();
    const call = (step: number, as: string, method: string, request: object, response: object) => {
      const [, service, name] = /^(.*)\/(.*)$/.exec(method) ?? [];
      const rest = { httpStatus: 200, code: null, message: null, details: null };
      return {
        step,
        time: "2026-01-01T00:00:00.000Z",
        as,
        service,
        method: name,
        request,
        ...rest,
        response,
      };
    };
    const accounts = [{ accountId: "<uuid:3>", permissions: ["account:read"] }];
    const lines = [
      { step: 0, recorder: "tenantry mock --proxy" },
      // FAM declares no method as a read.
      call(1, "<token:1>", "fam.v1.AccountService/ListMyPermissions", {}, { userId: "<id:1>", accounts }),
      // Its token is for a user of an organization. The mock signs the person in without one.
      call(
        2,
        "<token:2>",
        "gitpod.v1.IdentityService/GetAuthenticatedIdentity",
        {},
        {
          subject: { id: "<uuid:5>", principal: "PRINCIPAL_USER" },
          organizationId: "<uuid:4>",
        },
      ),
      call(
        3,
        "<token:2>",
        "gitpod.v1.UserService/CreatePersonalAccessToken",
        { userId: "<uuid:5>", description: "ci", validFor: "3600s" },
        { token: "<token:3>" },
      ),
    ];
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const { code, out } = await run("verify", file);
    expect(out).toContain("the token is for a user of an organization from before the recording began");
    expect(code).toBe(0);
  });

  it("reports a name that differs only by a space at its end", async () => {
    const file = files.next();
    const call = (step: number, method: string, response: object) => ({
      step,
      time: "2026-01-01T00:00:00.000Z",
      as: "<token:1>",
      service: "mgmt.v1alpha1.UserAccountService",
      method,
      request: {},
      httpStatus: 200,
      ...{ code: null, message: null, details: null, response },
    });
    const lines = [
      { step: 0, recorder: "tenantry mock --proxy" },
      call(1, "SetUser", { userId: "<uuid:1>" }),
      call(2, "SetPersonalAccount", { accountId: "<uuid:2>" }),
      call(3, "GetUserAccounts", {
        accounts: [{ id: "<uuid:2>", name: "personal ", type: "USER_ACCOUNT_TYPE_PERSONAL" }],
      }),
    ];
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const { code, out } = await run("verify", file);
    expect(out).toContain('the recording has "personal ", the mock has "personal"');
    expect(code).toBe(1);
  });
});
