import { ApiError, FamClient, type Hooks, UnexpectedResponseError } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

const baseUrl = "https://fam.example.com";

/** A fetch that answers JSON, and remembers what was asked. */
function answering(body: unknown) {
  const asked: { url: string; type: string | null; body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const type = request.headers.get("content-type");
    asked.push({ url: request.url, type, body: await request.json() });
    return Response.json(body);
  };
  return { asked, fetch };
}

describe("FamClient speaks JSON", () => {
  it("with the documented names, and to the documented methods", async () => {
    const { asked, fetch } = answering({ members: [], page: 1, perPage: 20, totalResults: "0" });
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
          filters: { statuses: ["MEMBERSHIP_STATUS_ACTIVE"] },
          sort: [{ field: "email" }],
          page: 1,
        },
      },
    ]);
  });

  it("whatever the options say", async () => {
    const { asked, fetch } = answering({});
    const options = { baseUrl, fetch, format: "binary" } as const;
    const client = new FamClient(options);
    await client.accounts.permissions();
    await client.withOptions({ timeoutMs: 100 }).accounts.permissions();
    expect(asked.map(({ type }) => type)).toEqual(["application/json", "application/json"]);
    expect(options.format).toBe("binary");
  });

  it("and understands fields in either spelling, and fields that came later", async () => {
    const account = {
      id: "1",
      created_at: "2026-01-01T00:00:00Z",
      type: "ACCOUNT_TYPE_AGENCY",
      mood: "good",
    };
    const { fetch } = answering({ account });
    expect(await new FamClient({ baseUrl, fetch }).accounts.get("1")).toMatchObject({
      id: "1",
      type: "agency",
      createdAt: new Date("2026-01-01T00:00:00Z"),
      updatedAt: undefined,
    });
  });

  it("and refuses to take an empty token for one", async () => {
    const { fetch } = answering({});
    const accepting = new FamClient({ baseUrl, fetch }).invites.accept({ token: "t" });
    await expect(accepting).rejects.toBeInstanceOf(UnexpectedResponseError);
  });
});

describe("services under other names", () => {
  const services = { accounts: "ads.v3.AccountService", members: "ads.v3.MemberService" };

  it("are called there; those that are not named, under ours", async () => {
    const { asked, fetch } = answering({});
    const client = new FamClient({ baseUrl: `${baseUrl}/api`, fetch, services });
    await client.accounts.permissions();
    await client.members.list("1");
    await client.rpc.members.acceptInvitation({ invitationToken: "t" });
    await client.billing.listCards("1");
    expect(asked.map(({ url }) => url.slice(baseUrl.length))).toEqual([
      "/api/ads.v3.AccountService/ListMyPermissions",
      "/api/ads.v3.MemberService/ListMembers",
      "/api/ads.v3.MemberService/AcceptInvitation",
      "/api/fam.v1.BillingService/GetCardInfo",
    ]);
  });

  it("are what errors and hooks name", async () => {
    const server = createMockServer({ fam: { services } });
    const { token, connect } = server.fam.signIn({ email: "ada@example.com" });
    const called: string[] = [];
    const hooks: Hooks = { onRequest: ({ call }) => called.push(`${call.service}/${call.method}`) };
    const client = new FamClient({ ...connect(), hooks });
    const error = await client.accounts.get("1").catch((reason: unknown) => reason);
    expect(error instanceof ApiError && error.method).toBe("ads.v3.AccountService/GetAccount");
    expect(called).toEqual(["ads.v3.AccountService/GetAccount"]);

    const lost = new FamClient({ baseUrl, fetch: server.fetch, auth: token });
    await expect(lost.accounts.get("1")).rejects.toThrow("does not have this method");
  });
});
