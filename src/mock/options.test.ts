import { describe, expect, it } from "vitest";
import { listen } from "./node/index.js";
import { createMockServer } from "./server.js";

/** Options that a test in JavaScript, or one that reads them from a file, may pass. */
function fromJson<T>(options: unknown): T {
  return JSON.parse(JSON.stringify(options));
}

describe("an option of createMockServer that is unknown or wrong is an error", () => {
  it.each([
    [{ apis: ["vidon"] }, 'options.apis[0] is "vidon": give one of vydon, ona, fam (did you mean "vydon"?)'],
    [{ seed: 7 }, 'options.seed is not known: did you mean "randomSeed"?'],
    [{ randomSeed: "7" }, 'options.randomSeed is "7": give a whole number, 0 or more'],
    [{ randomSeed: -1 }, "options.randomSeed is -1"],
    [{ now: "soon" }, 'options.now: "soon" is not a date'],
    [{ vydon: { rabc: false } }, 'options.vydon.rabc is not known: did you mean "rbac"?'],
    [{ vydon: { cloud: "false" } }, 'options.vydon.cloud is "false": give true or false'],
    [{ vydon: { flavor: "neosink" } }, 'did you mean "neosync"?'],
    [{ ona: { allowCustoms: true } }, 'options.ona.allowCustoms is not known: did you mean "allowCustom"?'],
    [{ fam: { perpage: 2 } }, 'options.fam.perpage is not known: did you mean "perPage"?'],
    [{ fam: { perPage: 0 } }, "options.fam.perPage is 0: give a whole number, 1 or more"],
    [{ fam: { services: { acounts: "x.Y" } } }, 'did you mean "accounts"?'],
    [{ fam: { accessTokenLife: "soon" } }, 'options.fam.accessTokenLife: "soon" is not a duration'],
    [{ strict: "yes" }, 'options.strict is "yes": give true or false'],
    [{ lenient: 1 }, "options.lenient is 1: give true or false"],
    [null, "options is null: give an object"],
  ])("%j", (options, message) => {
    expect(() => createMockServer(fromJson(options))).toThrow(message);
  });
});

describe("an option of listen that is unknown or wrong is an error", () => {
  it.each([
    [{ prot: 4010 }, 'options.prot is not known: did you mean "port"?'],
    [{ port: "4010" }, 'options.port is "4010": give a whole number, from 0 to 65535'],
    [{ port: 65_536 }, "options.port is 65536"],
    [{ host: 1 }, "options.host is 1: give a string that is not empty"],
    [{ admin: "no" }, 'options.admin is "no": give true or false'],
    [{ cors: 0 }, "options.cors is 0: give true or false"],
  ])("%j", async (options, message) => {
    await expect(listen(createMockServer(), fromJson(options))).rejects.toThrow(message);
  });
});

describe("an option of a fault that is unknown or wrong is an error, and no fault is set", () => {
  it.each([
    [{ methd: "GetUser", code: "unavailable" }, 'fault.methd is not known: did you mean "method"?'],
    [{ code: "unavailble" }, 'did you mean "unavailable"?'],
    [{ code: "internal", accountID: "x" }, 'fault.accountID is not known: did you mean "accountId"?'],
    [{ code: "internal", when: "always" }, 'fault.when is "always": give a function'],
    [{ code: "internal", details: [{}] }, "fault.details[0].desc is missing: give an object"],
    [{ latencyMs: "5s" }, 'fault.latencyMs is "5s": give a number'],
    [{ code: "internal", probability: "1" }, 'fault.probability is "1": give a number from 0 to 1'],
  ])("%j", (options, message) => {
    const { faults } = createMockServer();
    expect(() => faults.inject(fromJson(options))).toThrow(message);
    expect(faults.all()).toEqual([]);
  });
});

describe("an option of a control that is unknown or wrong is an error", () => {
  const server = createMockServer();
  server.seed({
    vydon: { accounts: [{ name: "acme" }] },
    ona: { organizations: [{ name: "Acme", id: "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10" }] },
    fam: { accounts: [{ name: "acme" }] },
  });
  const { vydon, ona, fam } = server;
  const ada = { email: "ada@example.com" };

  it.each<[string, () => unknown, string]>([
    [
      "vydon.signIn",
      () => vydon.signIn(fromJson({ ...ada, expiresin: "1h" })),
      "signIn.expiresin is not known",
    ],
    ["vydon.signIn", () => vydon.signIn(fromJson({ emial: "a" })), 'did you mean "email"?'],
    ["vydon.apiKey", () => vydon.apiKey("acme", fromJson({ expireIn: 1 })), "apiKey.expireIn is not known"],
    [
      "vydon.subscribe",
      () => vydon.subscribe("acme", fromJson({ settleIn: 1 })),
      'subscribe.settleIn is not known: did you mean "settlesIn"?',
    ],
    ["vydon.setSubscription", () => vydon.setSubscription("acme", fromJson("activ")), 'status is "activ"'],
    ["vydon.refuseBilling", () => vydon.refuseBilling(fromJson({ times: "1" })), "refuseBilling.times"],
    ["vydon.issuer.signIn", () => vydon.issuer.signIn(fromJson({})), "signIn.email is missing"],
    ["vydon.issuer.code", () => vydon.issuer.code(fromJson({})), "code.email is missing"],
    [
      "vydon.issuer.loseResponses",
      () => vydon.issuer.loseResponses(fromJson({ times: -1 })),
      "loseResponses.times is -1",
    ],
    ["ona.signIn", () => ona.signIn(fromJson({ ...ada, nmae: "Ada" })), 'did you mean "name"?'],
    [
      "ona.exchangeToken",
      () => ona.exchangeToken(fromJson({ ...ada, expireIn: 1 })),
      "exchangeToken.expireIn is not known",
    ],
    ["ona.addOrganization", () => ona.addOrganization(fromJson({ nam: "Acme" })), 'did you mean "name"?'],
    ["ona.addSso", () => ona.addSso(fromJson({ domian: "example.com" })), 'did you mean "domain"?'],
    ["ona.addProvider", () => ona.addProvider(fromJson({ providr: "github" })), 'did you mean "provider"?'],
    ["ona.join", () => ona.join("x", "y", fromJson({ role: "admn" })), 'did you mean "admin"?'],
    ["ona.setUsage", () => ona.setUsage("x", fromJson({ environment: 1 })), 'did you mean "environments"?'],
    ["fam.signIn", () => fam.signIn(fromJson({ ...ada, name: "Ada" })), "signIn.name is not known"],
    ["fam.verify", () => fam.verify("acme", fromJson("verifed")), 'did you mean "verified"'],
    ["fam.addCard", () => fam.addCard("acme", fromJson({ last: "4242" })), 'did you mean "last4"?'],
  ])("%s", (_name, act, message) => {
    expect(act).toThrow(message);
  });
});
