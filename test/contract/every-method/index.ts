import type { DescService } from "@bufbuild/protobuf";
import { createClient, createConnectRouter } from "@connectrpc/connect";
import type { MockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { compared } from "../compared.js";
import { openWorld, type TestedTransport, type World } from "../world.js";
import { everyFamMethod } from "./fam.js";
import { everyOnaMethod } from "./ona.js";
import { everyVydonMethod, temporalConfig } from "./vydon.js";

/** Calls each method of each API, and compares its messages on both sides. */
export function everyMethod(tested: TestedTransport): void {
  describe("every method", () => {
    const world = openWorld(tested);

    it.each([
      { name: "Vydon", namespace: "mgmt.v1alpha1.", call: everyVydonMethod },
      { name: "Ona", namespace: "gitpod.v1.", call: everyOnaMethod },
      { name: "FAM", namespace: "fam.v1.", call: everyFamMethod },
    ])("of $name is received as it was sent, by server and client", async ({ namespace, call }) => {
      const { clients, seen } = comparing(world);
      await call(world.server, clients);
      expect([...seen].sort()).toEqual(methodsOf(world.server, namespace));
    });
  });

  describe("the methods that differ on a self-hosted Vydon", () => {
    const world = openWorld(tested, { vydon: { cloud: false } });

    it("are received as they were sent, by server and client", async () => {
      const { clients, seen } = comparing(world);
      await temporalConfig(world.server, clients);
      expect(seen.size).toBe(5);
    });
  });
}

function comparing(world: World) {
  const seen = new Set<string>();
  const clients = <Service extends DescService>(service: Service, token?: string) =>
    createClient(service, compared(world, token, seen));
  return { clients, seen };
}

/** Returns the names of a server's methods, in services whose names start with a namespace. */
function methodsOf(server: MockServer, namespace: string): string[] {
  const router = createConnectRouter();
  server.routes(router);
  return router.handlers
    .filter(({ service }) => service.typeName.startsWith(namespace))
    .map(({ method }) => method.name)
    .sort();
}
