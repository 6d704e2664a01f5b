import { ApiError, FamClient, type Hooks, UnexpectedResponseError } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { listInvitations } from "../../src/fam/methods.js";
import { failureOf } from "../support/scripted.js";

const baseUrl = "https://fam.example.com";

/** A fetch that returns JSON, and remembers what was sent. */
function returning(body: unknown) {
  const asked: { url: string; type: string | null; body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const type = request.headers.get("content-type");
    asked.push({ url: request.url, type, body: await request.json() });
    return Response.json(body);
  };
  return { asked, fetch };
}

describe("FamClient sends JSON", () => {
  it("with the documented names, and to the documented methods", async () => {
    const { asked, fetch } = returning({ members: [], page: 1, perPage: 20, totalResults: "0" });
    const client = new FamClient({ baseUrl, fetch });
    const search = { query: "ada", statuses: ["active"], sort: [{ field: "email" }] } as const;
    await client.members.search("acme", search);
    expect(asked).toEqual([
      {
        url: `${baseUrl}/fam.v1.MemberService/ListAccountMembers`,
        type: "application/json",
        body: {
          accountId: "acme",
          query: "ada",
          filters: { statuses: ["MEMBERSHIP_STATUS_ACTIVE"], relations: [] },
          sort: [{ field: "email", descending: false }],
          page: 1,
        },
      },
    ]);
  });

  it("and drops unknown fields, and leaves out keys without a value", async () => {
    const account = {
      id: "1",
      createdAt: "2026-01-01T00:00:00Z",
      type: "ACCOUNT_TYPE_AGENCY",
      updatedAt: null,
      mood: "good",
    };
    const { fetch } = returning({ account });
    expect(await new FamClient({ baseUrl, fetch }).accounts.get("1")).toStrictEqual({
      id: "1",
      hierarchy: [],
      name: "",
      type: "agency",
      status: "unspecified",
      createdAt: new Date("2026-01-01T00:00:00Z"),
    });
  });

  it("and rejects an empty token, with the rest as `partial`", async () => {
    const { fetch } = returning({ accessToken: "", refreshToken: "r" });
    const error = await failureOf(new FamClient({ baseUrl, fetch }).invites.accept({ token: "t" }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ partial: { refreshToken: "r" } });
  });
});

describe("services under other names", () => {
  const services = { accounts: "ads.v3.AccountService", members: "ads.v3.MemberService" };

  it("are called by them; the others have their default names", async () => {
    const { asked, fetch } = returning({ userId: "1", accessToken: "a", refreshToken: "r" });
    const client = new FamClient({ baseUrl: `${baseUrl}/api`, fetch, services });
    await client.accounts.permissions();
    await client.members.list("1");
    await client.invites.accept({ token: "t" });
    await client.billing.listCards("1");
    await client.call(listInvitations, { accountId: "1" });
    await client.call({ service: "acme.Reports", name: "List", idempotency: "unknown" }, {});
    expect(asked.map(({ url }) => url.slice(baseUrl.length))).toEqual([
      "/api/ads.v3.AccountService/ListMyPermissions",
      "/api/ads.v3.MemberService/ListMembers",
      "/api/ads.v3.MemberService/AcceptInvitation",
      "/api/fam.v1.BillingService/GetCardInfo",
      "/api/ads.v3.MemberService/ListInvitations",
      "/api/acme.Reports/List",
    ]);
  });

  it("have those names in errors and hooks", async () => {
    const server = createMockServer({ fam: { services } });
    const session = server.fam.signIn({ email: "ada@example.com" });
    const called: string[] = [];
    const hooks: Hooks = { onRequest: ({ call }) => called.push(`${call.service}/${call.method}`) };
    const client = new FamClient({ ...session.connect(), hooks });
    const error = await client.accounts.get("1").catch((reason: unknown) => reason);
    expect(error instanceof ApiError && error.method).toBe("ads.v3.AccountService/GetAccount");
    expect(called).toEqual(["ads.v3.AccountService/GetAccount"]);

    const lost = new FamClient({ baseUrl, fetch: server.fetch, auth: session.token });
    await expect(lost.accounts.get("1")).rejects.toThrow("does not have this method");
  });
});
