import { durationFromMs, timestampDate } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { NotFoundError, OnaClient, UnauthenticatedError, VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { connectErrorOf } from "../contract/world.js";
import { openAdmin } from "./open-admin.js";

const email = "ada@example.com";
const hour = 3_600_000;

describe("AdminService signs people in", () => {
  const world = openAdmin();

  it("SignInVydon, SignInOna and SignInFam return tokens for each API", async () => {
    const ada = await world.admin.signInVydon({ email, name: "Ada" });
    expect(await (await world.vydon()).users.current()).toMatchObject({ id: ada.userId });

    const unregistered = await world.admin.signInVydon({ email: "grace@example.com", registered: false });
    const grace = new VydonClient({ baseUrl: world.url, auth: unregistered.token });
    await expect(grace.users.current()).rejects.toBeInstanceOf(NotFoundError);

    const ona = await world.admin.signInOna({ email });
    const account = await new OnaClient({ baseUrl: world.url, auth: ona.token }).accounts.get();
    expect(account).toMatchObject({ id: ona.accountId, email });
    world.server.seed({ ona: { organizations: [{ name: "Acme", members: [{ email }] }] } });
    const member = await world.admin.signInOna({ email, organization: "Acme" });
    const user = await new OnaClient({ baseUrl: world.url, auth: member.token }).users.current();
    expect(user).toMatchObject({ id: member.userId, email });

    const fam = await world.admin.signInFam({ email, expiresIn: durationFromMs(hour) });
    expect(fam).toMatchObject({ userId: world.server.fam.user(email).id, refreshToken: expect.any(String) });
    expect(fam.expiresAt && timestampDate(fam.expiresAt)).toEqual(new Date("2026-01-01T01:00:00Z"));
  });

  it("SignInVydon, SignInOna and SignInFam use the name, and return a token that expires", async () => {
    const expiresIn = durationFromMs(hour);
    const { token } = await world.admin.signInVydon({ email, name: "Ada King", expiresIn });
    const vydon = new VydonClient({ baseUrl: world.url, auth: token, retry: false });
    const { accountId } = await vydon.accounts.createTeam({ name: "acme" });
    expect(await vydon.members.list(accountId)).toMatchObject({ items: [{ name: "Ada King" }] });

    const auth = (await world.admin.signInOna({ email, name: "Ada King", expiresIn })).token;
    const ona = new OnaClient({ baseUrl: world.url, auth, retry: false });
    expect(await ona.accounts.get()).toMatchObject({ name: "Ada King" });

    await world.admin.signInFam({ email, firstName: "Augusta", lastName: "King" });
    expect(world.server.fam.user(email)).toMatchObject({ firstName: "Augusta", lastName: "King" });

    world.server.clock.advance("62m");
    await expect(vydon.users.current()).rejects.toBeInstanceOf(UnauthenticatedError);
    await expect(ona.accounts.get()).rejects.toBeInstanceOf(UnauthenticatedError);
  });

  it("SignInOna fails with invalid_argument without an email", async () => {
    expect(await connectErrorOf(world.admin.signInOna({}))).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: expect.stringContaining("email: "),
    });
  });
});
