import { ApiError, FamClient, type Hooks, UnexpectedResponseError } from "tenantry";
import { listInvitations } from "tenantry/fam/methods";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";

const baseUrl = "https://fam.example.com";

/** Creates a fetch that returns JSON and records the requests. */
function recordingFetch(body: unknown) {
  const requests: { url: string; type: string | null; body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const type = request.headers.get("content-type");
    requests.push({ url: request.url, type, body: await request.json() });
    return Response.json(body);
  };
  return { requests, fetch };
}

describe("FamClient", () => {
  it("sends JSON with the documented field names to the documented URL", async () => {
    const { requests, fetch } = recordingFetch({ members: [], page: 1, perPage: 20, totalResults: "0" });
    const client = new FamClient({ baseUrl, fetch });
    const search = { query: "ada", statuses: ["active"], sort: [{ field: "email" }] } as const;
    await client.members.search("acme", search);
    expect(requests).toEqual([
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

  it("sends the password and the code of invites.accept() only if they are not empty", async () => {
    const { requests, fetch } = recordingFetch({ accessToken: "a", refreshToken: "r" });
    const { invites } = new FamClient({ baseUrl, fetch });
    await invites.accept({ token: "t", password: "", code: "" });
    await invites.accept({ token: "t", password: "correct horse", code: "42" });
    expect(requests.map(({ body }) => body)).toEqual([
      { invitationToken: "t" },
      { invitationToken: "t", password: "correct horse", code: "42" },
    ]);
  });

  it("ignores unknown fields of a response, and returns no key for an absent one", async () => {
    const account = {
      id: "1",
      createdAt: "2026-01-01T00:00:00Z",
      type: "ACCOUNT_TYPE_AGENCY",
      updatedAt: null,
      mood: "good",
    };
    const { fetch } = recordingFetch({ account });
    expect(await new FamClient({ baseUrl, fetch }).accounts.get("1")).toStrictEqual({
      id: "1",
      hierarchy: [],
      name: "",
      type: "agency",
      status: "unspecified",
      createdAt: new Date("2026-01-01T00:00:00Z"),
    });
  });

  it("rejects a response with an empty token, with the other fields in `error.partial`", async () => {
    const { fetch } = recordingFetch({ accessToken: "", refreshToken: "r" });
    const error = await failureOf(new FamClient({ baseUrl, fetch }).invites.accept({ token: "t" }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ partial: { refreshToken: "r" } });
  });
});

describe("FamClient with `services`", () => {
  const services = { accounts: "ads.v3.AccountService", members: "ads.v3.MemberService" };

  it("calls these services by their names, and the others by their default names", async () => {
    const { requests, fetch } = recordingFetch({ userId: "1", accessToken: "a", refreshToken: "r" });
    const client = new FamClient({ baseUrl: `${baseUrl}/api`, fetch, services });
    await client.accounts.permissions();
    await client.members.list("1");
    await client.invites.accept({ token: "t" });
    await client.billing.listCards("1");
    await client.call(listInvitations, { accountId: "1" });
    await client.call({ service: "acme.Reports", name: "List", idempotency: "unknown" }, {});
    expect(requests.map(({ url }) => url.slice(baseUrl.length))).toEqual([
      "/api/ads.v3.AccountService/ListMyPermissions",
      "/api/ads.v3.MemberService/ListMembers",
      "/api/ads.v3.MemberService/AcceptInvitation",
      "/api/fam.v1.BillingService/GetCardInfo",
      "/api/ads.v3.MemberService/ListInvitations",
      "/api/acme.Reports/List",
    ]);
  });

  it("uses these names in errors and hooks", async () => {
    const server = createMockServer({ fam: { services } });
    const session = server.fam.signIn({ email: "ada@example.com" });
    const called: string[] = [];
    const hooks: Hooks = { onRequest: ({ call }) => called.push(`${call.service}/${call.method}`) };
    const client = new FamClient({ ...session.connect(), hooks });
    const error = await failureOf(client.accounts.get("1"));
    expect(error instanceof ApiError && error.method).toBe("ads.v3.AccountService/GetAccount");
    expect(called).toEqual(["ads.v3.AccountService/GetAccount"]);

    const lost = new FamClient({ baseUrl, fetch: server.fetch, auth: session.token });
    await expect(lost.accounts.get("1")).rejects.toThrow("does not have this method");
  });
});
