import { FamClient, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";

const [written, typed] = ["Ada@Example.com", "aDA@example.com"];

describe("the letter case of an email", () => {
  it("counts in Vydon: two people, in seeds and sign-ins", () => {
    const server = createMockServer();
    server.seed({ vydon: { users: [{ email: written }, { email: typed }] } });
    const [one, other] = [written, typed].map((email) => server.vydon.signIn({ email }).userId);
    expect(one).not.toBe(other);
  });

  it.each([
    [false, "invalid invite email. unable to accept invite"],
    [
      true,
      'it is for "Ada@Example.com" and the caller is "aDA@example.com": the letter case of an email counts',
    ],
  ])("counts for an invite of Vydon; strict is %s: %s", async (strict, text) => {
    const server = createMockServer({ strict });
    const invite = { email: written, token: "welcome" };
    server.seed({
      vydon: { accounts: [{ name: "acme", members: [{ email: "grace@example.com" }], invites: [invite] }] },
    });
    const as = (email: string) => new VydonClient(server.vydon.signIn({ email }).connect());
    const error = String(await failureOf(as(typed).invites.accept("welcome")));
    expect(error).toContain(text);
    expect(error.includes("strict")).toBe(strict);
    const stranger = await failureOf(as("barbara@example.com").invites.accept("welcome"));
    expect(String(stranger)).not.toContain("letter case");
    await expect(as(written).invites.accept("welcome")).resolves.toMatchObject({ name: "acme" });
  });

  it("does not count in Ona: one account, and a seed of both is an error", () => {
    const server = createMockServer();
    const [one, other] = [written, typed].map((email) => server.ona.signIn({ email }).accountId);
    expect(one).toBe(other);
    expect(() => server.seed({ ona: { accounts: [{ email: typed }] } })).toThrow(
      `there is an account ${typed} already`,
    );
  });

  it("does not count in FAM: one user, who may accept an invitation in either case", async () => {
    const server = createMockServer();
    server.seed({
      fam: {
        accounts: [
          {
            name: "acme",
            members: [{ email: "grace@example.com" }],
            invites: [{ email: written, token: "welcome" }],
          },
        ],
      },
    });
    const ada = server.fam.signIn({ email: typed });
    expect(server.fam.signIn({ email: written }).userId).toBe(ada.userId);
    const client = new FamClient(ada.connect());
    await client.invites.accept({ token: "welcome" });
    expect(await new FamClient(ada.connect()).accounts.list().toArray()).toMatchObject([{ name: "acme" }]);
    expect(() => server.seed({ fam: { users: [{ email: written }] } })).toThrow(
      `there is a user ${written} already`,
    );
  });

  it("is kept in FAM, in the email of an invited person who becomes a user", async () => {
    const server = createMockServer();
    const invites = [{ email: written, token: "welcome" }];
    server.seed({
      fam: { accounts: [{ name: "acme", members: [{ email: "grace@example.com" }], invites }] },
    });
    const client = new FamClient({ baseUrl: "https://fam.example.com", fetch: server.fetch });
    await client.invites.accept({ token: "welcome", password: "correct horse" });
    expect(server.fam.user(typed).email).toBe(written);
  });
});
