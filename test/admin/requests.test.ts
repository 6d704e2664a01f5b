import { Code } from "@connectrpc/connect";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import { AdminService } from "../../gen/tenantry/mock/v1/admin_pb.js";
import { connectErrorOf } from "../contract/world.js";
import { apiServices } from "../support/services.js";
import { adminOf, openAdmin } from "./open-admin.js";

const email = "ada@example.com";

describe("AdminService", () => {
  const world = openAdmin();

  it("ListApis returns each API with the path of a sample call", async () => {
    const { apis } = await world.admin.listApis({});
    expect(apis.map(({ name }) => name)).toEqual(["vydon", "ona", "fam"]);
    for (const { paths, sample } of apis) expect(paths).toContain(sample);
    const rpcs = apiServices.flatMap(({ typeName, methods }) =>
      methods.map(({ name }) => `/${typeName}/${name}`),
    );
    expect(apis.flatMap(({ paths }) => paths).sort()).toEqual(rpcs.sort());
    const [vydonApi] = apis;
    const { token } = await world.admin.signInVydon({ email });
    const response = await fetch(world.url + vydonApi?.sample, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: "{}",
    });
    expect(response.status).toBe(200);
  });

  it.each([
    ["Seed", { vydon: { accounts: [{ name: "acme" }] } }, "vydon"],
    ["InjectFault", { fault: { metod: "GetUser", code: "unavailable" } }, "metod"],
    ["InjectFault", { fault: { code: "unavailable", latencyMs: 200 } }, "latencyMs"],
    ["ListCalls", { acount_id: "a" }, "acount_id"],
  ])(
    "%s fails with invalid_argument for JSON with an unknown field, and changes nothing",
    async (rpc, json, field) => {
      const before = world.server.snapshot();
      const response = await fetch(`${world.url}/${AdminService.typeName}/${rpc}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(json),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        code: "invalid_argument",
        message: expect.stringContaining(`key "${field}" is unknown`),
      });
      expect(world.server.snapshot()).toEqual(before);
      expect(world.server.faults.all()).toEqual([]);
    },
  );

  it("calls fail with unimplemented without `listen(server, { admin: true })`", async () => {
    await using plain = await listen(createMockServer());
    expect(await connectErrorOf(adminOf(plain).reset({}))).toMatchObject({ code: Code.Unimplemented });
  });
});
