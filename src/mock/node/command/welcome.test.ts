import { describe, expect, it } from "vitest";
import { createMockServer, type MockSeed } from "../../index.js";
import { sampleTokens } from "./welcome.js";

/** Returns the emails of the people to whom `tenantry mock` gives a token if it starts with this seed. */
function people(seed: MockSeed) {
  const server = createMockServer();
  server.seed(seed);
  const { vydon, ona, fam } = sampleTokens(server, ["vydon", "ona", "fam"], seed);
  return [vydon?.email, ona?.email, fam?.email];
}

describe("the tokens that `tenantry mock` prints", () => {
  const members = [{ email: "grace@example.com" }, { email: "ben@example.com" }];

  it("are of the first people of the seed", () => {
    const users = [{ email: "cleo@example.com" }, { email: "dan@example.com" }];
    const accounts = [{ name: "acme", members }];
    expect(
      people({
        vydon: { users, accounts },
        ona: { accounts: users, organizations: accounts },
        fam: { users, accounts },
      }),
    ).toEqual(["cleo@example.com", "cleo@example.com", "cleo@example.com"]);
  });

  it("are of the first members if the seed has only accounts", () => {
    const accounts = [{ name: "acme", members }];
    expect(people({ vydon: { accounts }, ona: { organizations: accounts }, fam: { accounts } })).toEqual([
      "grace@example.com",
      "grace@example.com",
      "grace@example.com",
    ]);
  });

  it("are of Ada if the seed has no people", () => {
    expect(people({ vydon: {} })).toEqual(["ada@example.com", "ada@example.com", "ada@example.com"]);
  });

  it("register no user of Vydon that the seed leaves unregistered", () => {
    const seed: MockSeed = { vydon: { users: [{ email: "cleo@example.com", registered: false }] } };
    const server = createMockServer();
    server.seed(seed);
    sampleTokens(server, ["vydon"], seed);
    expect(server.snapshot().apis["vydon"]?.["users"]).toEqual([]);
  });
});
