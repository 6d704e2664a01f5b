import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { clientWithResponse } from "./client-with-response.js";

const at = "2026-01-01T00:00:00Z";
const acme = { id: "org-1", name: "Acme", createdAt: at, updatedAt: at, tier: "ORGANIZATION_TIER_FREE_ONA" };
const ada = {
  userId: "user-1",
  role: "ORGANIZATION_ROLE_ADMIN",
  memberSince: at,
  fullName: "Ada",
  email: "ada@example.com",
  status: "USER_STATUS_ACTIVE",
  loginProvider: "github",
};

describe("OnaClient.organizations", () => {
  it("create() with `join` returns the caller as the first member", async () => {
    const { client, requests } = clientWithResponse({ organization: acme, member: ada });
    expect(await client.organizations.create({ name: "Acme", join: true })).toEqual({
      id: "org-1",
      name: "Acme",
      createdAt: new Date(at),
      updatedAt: new Date(at),
      inviteDomains: [],
      tier: "free_ona",
      member: {
        userId: "user-1",
        role: "admin",
        memberSince: new Date(at),
        avatarUrl: "",
        name: "Ada",
        email: "ada@example.com",
        status: "active",
        loginProvider: "github",
      },
    });
    expect(requests[0]?.path).toBe("/api/gitpod.v1.OrganizationService/CreateOrganization");
  });

  it("create() without `join` returns no member", async () => {
    const { client } = clientWithResponse({ organization: acme });
    expect(await client.organizations.create({ name: "Acme" })).not.toHaveProperty("member");
  });

  it("update() sends only the given fields, and an empty list of domains", async () => {
    const { client, requests } = clientWithResponse({ organization: acme });
    await client.organizations.update("org-1", { name: "Acme" });
    await client.organizations.update("org-1", { inviteDomains: [] });
    expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
      { organizationId: "org-1", name: "Acme" },
      { organizationId: "org-1", inviteDomains: { domains: [] } },
    ]);
  });

  it("create() rejects an incomplete response with the other fields in `error.partial`", async () => {
    const { client } = clientWithResponse({ organization: { ...acme, updatedAt: undefined } });
    const error = await failureOf(client.organizations.create({ name: "Acme" }));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", partial: { id: "org-1", name: "Acme" } });
  });
});
