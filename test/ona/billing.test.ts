import { describe, expect, it } from "vitest";
import { clientWithResponse } from "./client-with-response.js";

describe("OnaClient.billing", () => {
  it("listUserUsage() returns the total on each page", async () => {
    const { client } = clientWithResponse({ userUsage: [{ userId: "1" }], totalCount: 1 });
    expect((await client.billing.listUserUsage("org-1")).total).toBe(1);
  });

  it("listUserUsage() rejects credits that are not a number, and names the field", async () => {
    const { client } = clientWithResponse({ userUsage: [{ monthToDateUsage: { totalCredits: "NaN" } }] });
    await expect(client.billing.listUserUsage("org-1").toArray()).rejects.toThrow(
      "The response's field userUsage[0].monthToDateUsage.totalCredits must be a finite number, not this string",
    );
  });

  it("usageReport() sends dates as timestamps", async () => {
    const { client, requests } = clientWithResponse({});
    await client.billing.usageReport("org-1", { from: new Date(0), to: new Date(86_400_000) });
    expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
      {
        organizationId: "org-1",
        dateRange: { startTime: "1970-01-01T00:00:00.000Z", endTime: "1970-01-02T00:00:00.000Z" },
      },
    ]);
  });
});
