import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { connectErrorOf } from "../contract/world.js";
import { openAdmin } from "./open-admin.js";

const email = "ada@example.com";

describe("AdminService changes the server's state", () => {
  const world = openAdmin();

  it("Seed adds data, and Reset goes back to the seeded state", async () => {
    await world.admin.seed({ seed: { vydon: { accounts: [{ name: "acme", members: [{ email }] }] } } });
    const client = await world.vydon();
    await client.accounts.createTeam({ name: "bolts" });
    expect((await client.accounts.list().toArray()).map(({ name }) => name)).toEqual(["acme", "bolts"]);
    await world.admin.reset({});
    const again = await world.vydon();
    expect((await again.accounts.list().toArray()).map(({ name }) => name)).toEqual(["acme"]);
  });

  it("Seed fails for an invalid seed with the path of the error, and changes nothing", async () => {
    const error = await connectErrorOf(
      world.admin.seed({ seed: { vydon: { accounts: [{ name: "acme" }, { nam: "x" }] } } }),
    );
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage).toBe('seed.vydon.accounts[1].nam is not known: did you mean "name"?');
    expect(() => world.server.vydon.account("acme")).toThrow("there is no account");
  });

  it("Restore goes back to the state of a Snapshot", async () => {
    const client = await world.vydon();
    const { accountId } = await client.accounts.createTeam({ name: "acme" });
    const { snapshot } = await world.admin.snapshot({});
    await client.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
    await world.admin.restore({ snapshot: snapshot ?? {} });
    expect(await client.invites.list(accountId).toArray()).toEqual([]);
    expect(world.server.vydon.account("acme").id).toBe(accountId);
  });

  it("Restore fails for an invalid snapshot with the reason", async () => {
    expect(await connectErrorOf(world.admin.restore({ snapshot: { version: 7 } }))).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: expect.stringContaining("snapshot.version is 7"),
    });
    expect(await connectErrorOf(world.admin.restore({}))).toMatchObject({ code: Code.InvalidArgument });
  });
});
