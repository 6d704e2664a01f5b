import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { RetryInfoSchema } from "../../../../gen/google/rpc/error_details_pb.js";
import { UserAccountService } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { connectErrorOf } from "../../../../test/contract/world.js";
import type { MockServer } from "../../mock-server.js";
import { createMockServer } from "../../server.js";

/** Calls `GetUser` as Ada this many times. Returns a letter for each call: "." for a response, "x" for an error. */
async function outcomes(server: MockServer, calls: number, email = "ada@example.com"): Promise<string> {
  const { token } = server.vydon.signIn({ email });
  const rpc = createClient(UserAccountService, server.transport());
  let letters = "";
  for (let call = 0; call < calls; call++) {
    const isAnswered = await rpc.getUser({}, { headers: { authorization: `Bearer ${token}` } }).then(
      () => true,
      () => false,
    );
    letters += isAnswered ? "." : "x";
  }
  return letters;
}

describe("a fault", () => {
  it("is listed for each call that it hit, even after it is removed", async () => {
    const server = createMockServer();
    const late = server.faults.inject({ latencyMs: 0, after: 1 });
    const away = server.faults.inject({ method: "GetUser", code: "unavailable", after: 1, times: 1 });
    await outcomes(server, 3);
    server.faults.clear();
    const hits = server.calls.all().map((call) => server.faults.thatHit(call));
    expect(hits).toEqual([[], [late, away], [late]]);
    const [call] = server.fork().calls.all();
    expect(call).toBeUndefined();
  });

  it("hits the first calls, the calls after them, or every Nth call", async () => {
    const server = createMockServer();
    const inject = async (options: { times?: number; after?: number; every?: number }) => {
      server.faults.clear();
      const fault = server.faults.inject({ method: "GetUser", code: "unavailable", ...options });
      return [await outcomes(server, 8), fault.hits];
    };
    expect(await inject({})).toEqual(["xxxxxxxx", 8]);
    expect(await inject({ times: 2 })).toEqual(["xx......", 2]);
    expect(await inject({ after: 2 })).toEqual(["..xxxxxx", 6]);
    expect(await inject({ every: 3 })).toEqual(["..x..x..", 2]);
    expect(await inject({ after: 1, every: 2, times: 2 })).toEqual(["..x.x...", 2]);
    expect(await inject({ times: 0 })).toEqual(["........", 0]);
  });

  it("hits by chance, the same calls for the same random seed", async () => {
    const run = async (randomSeed: number) => {
      const server = createMockServer({ randomSeed });
      server.faults.inject({ method: "GetUser", code: "unavailable", probability: 0.25 });
      return outcomes(server, 400);
    };
    const letters = await run(1);
    expect(letters).toBe(await run(1));
    expect(letters).not.toBe(await run(2));
    const hits = letters.replaceAll(".", "").length;
    expect(hits).toBeGreaterThan(70);
    expect(hits).toBeLessThan(130);
  });

  it("hits before the server checks the token, and the failed call writes nothing", async () => {
    const server = createMockServer();
    server.faults.inject({ method: "CreateTeamAccount", code: "unavailable" });
    const { token } = server.vydon.signIn({ email: "ada@example.com" });
    const before = server.snapshot();
    const rpc = createClient(UserAccountService, server.transport());
    for (const headers of [{ authorization: `Bearer ${token}` }, {}]) {
      const error = await connectErrorOf(rpc.createTeamAccount({ name: "acme" }, { headers }));
      expect(error.code).toBe(Code.Unavailable);
    }
    expect(server.snapshot()).toEqual(before);
  });

  it("with a probability does not change the ids that the server makes", async () => {
    const [one, other] = [createMockServer(), createMockServer()];
    one.faults.inject({ code: "unavailable", probability: 0.5 });
    await Promise.all([outcomes(one, 9), outcomes(other, 9)]);
    expect(one.vydon.signIn({ email: "grace@example.com" })).toMatchObject({
      userId: other.vydon.signIn({ email: "grace@example.com" }).userId,
    });
  });

  it("applies to one method, one account, or the calls that a function picks", async () => {
    const server = createMockServer();
    const users = ["ada", "grace"].map((token) => ({ email: `${token}@example.com`, token }));
    server.seed({ vydon: { users, accounts: [{ name: "red" }, { name: "blue" }] } });
    const [red, blue] = [server.vydon.account("red").id, server.vydon.account("blue").id];
    const rpc = createClient(UserAccountService, server.transport());
    const check = async (accountId: string, token = "grace") => {
      const headers = { authorization: `Bearer ${token}` };
      const { code } = await rpc
        .isUserInAccount({ accountId }, { headers })
        .then(() => ({ code: undefined }), ConnectError.from);
      return code;
    };

    const byAccount = server.faults.inject({ accountId: red, code: "unavailable" });
    expect([await check(red), await check(blue)]).toEqual([Code.Unavailable, undefined]);
    byAccount.remove();

    const { userId } = server.vydon.signIn({ email: "grace@example.com" });
    server.faults.inject({ when: ({ caller }) => caller?.userId === userId, code: "aborted" });
    expect([await check(red), await check(red, "ada")]).toEqual([Code.Aborted, undefined]);
    expect(await check(red, "nobody's")).toBe(Code.Unauthenticated);
    server.faults.clear();

    server.faults.inject({ when: ({ header }) => header.has("x-unlucky"), code: "aborted" });
    expect(await check(red)).toBeUndefined();
    server.faults.inject({ method: "GetUser", accountId: red, code: "aborted" });
    expect(await check(red)).toBeUndefined();
  });

  it("whose function throws fails the call with the error's text", async () => {
    const server = createMockServer();
    server.faults.inject({
      when: () => {
        throw new Error("no such thing");
      },
      code: "aborted",
    });
    expect(await outcomes(server, 1)).toBe("x");
    expect(server.calls.all()[0]?.error).toMatchObject({ code: Code.Internal, rawMessage: "no such thing" });
  });

  it("is listed with its options and its number of hits", async () => {
    const server = createMockServer();
    server.faults.inject({ method: "GetUser", code: "unavailable", times: 1 });
    server.faults.inject({ accountId: "none", latencyMs: 5 });
    await outcomes(server, 2);
    expect(server.faults.all()).toMatchObject([
      { options: { method: "GetUser", code: "unavailable", times: 1 }, hits: 1 },
      { options: { accountId: "none", latencyMs: 5 }, hits: 0 },
    ]);
    server.faults.all()[0]?.remove();
    expect(server.faults.all()).toHaveLength(1);
  });
});

describe("faults as JSON", () => {
  it("have the effect of their options", async () => {
    const server = createMockServer();
    const [fault] = server.faults.load([
      {
        method: "GetUser",
        code: "resource_exhausted",
        message: "slow down",
        retryAfter: "2s",
        times: 1,
        details: [{ type: "google.rpc.RetryInfo", value: { retryDelay: "2s" } }],
      },
      { wire: "html_502", every: 2 },
    ]);
    expect(await outcomes(server, 4)).toBe("x.x.");
    expect(fault?.hits).toBe(1);
    const error = server.calls.all()[0]?.error;
    expect(error).toMatchObject({ code: Code.ResourceExhausted, rawMessage: "slow down" });
    expect(error?.findDetails(RetryInfoSchema)[0]?.retryDelay?.seconds).toBe(2n);
  });

  it.each<[unknown, string]>([
    [{}, "faults is {}: give a list"],
    [[{ code: "internal" }, {}], "faults[1]: a fault needs a code or a wire fault"],
    [[{ methd: "GetUser" }], 'faults[0].methd is not known: did you mean "method"?'],
    [[{ method: "GetUser", code: "broken" }], 'faults[0].code is "broken": give one of canceled, '],
    [[{ code: "internal" }, { wire: "rst" }], 'faults[1].wire is "rst": give one of html_502, '],
    [[{ method: "GetUsr", code: "internal" }], 'faults[0]: this server has no method "GetUsr"'],
    [[{ method: "GetUser" }], "faults[0]: a fault needs a code or a wire fault"],
    [[{ code: "internal", every: 0 }], "faults[0].every is 0"],
    [[{ code: "internal", times: "2" }], 'faults[0].times is "2": give a whole number'],
    [[{ code: "internal", retryAfter: "soon" }], 'faults[0].retryAfter: "soon" is not a duration'],
    [
      [{ code: "internal", details: [{ type: "google.rpc.RetryInfo" }] }],
      "faults[0].details[0].value is missing: give the detail as JSON",
    ],
    [
      [{ code: "internal", details: [{ type: "google.rpc.Help", value: {} }] }],
      'faults[0].details[0].type is "google.rpc.Help": give one of google.rpc.RetryInfo, ',
    ],
    [
      [{ code: "internal", details: [{ type: "google.rpc.RetryInfo", value: { delay: "2s" } }] }],
      "faults[0].details[0].value: ",
    ],
  ])("name the mistake in %j, and none is set", (json, message) => {
    const { faults } = createMockServer();
    expect(() => faults.load(json)).toThrow(message);
    expect(faults.all()).toEqual([]);
  });
});
