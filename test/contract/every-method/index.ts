import type { DescService } from "@bufbuild/protobuf";
import { createClient, createConnectRouter } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import type { MockServer } from "../../../src/mock/index.js";
import { compared } from "../compared.js";
import { openWorld, type TestedTransport, type World } from "../world.js";
import { everyFamMethod } from "./fam.js";
import { everyOnaMethod } from "./ona.js";
import { everyVydonMethod, temporalConfig } from "./vydon.js";

/** Each method of each API is called, and its messages are the same on both sides. */
export function everyMethod(tested: TestedTransport): void {
  describe("every method", () => {
    const world = openWorld(tested);

    it.each([
      { name: "Vydon", namespace: "mgmt.v1alpha1.", call: everyVydonMethod },
      { name: "Ona", namespace: "gitpod.v1.", call: everyOnaMethod },
      { name: "FAM", namespace: "fam.v1.", call: everyFamMethod },
    ])("of $name has the same messages on both sides", async ({ namespace, call }) => {
      const { clients, seen } = comparing(world);
      await call(world.server, clients);
      expect([...seen].sort()).toEqual(methodsOf(world.server, namespace));
    });
  });

  describe("the methods of a self-hosted Vydon", () => {
    const world = openWorld(tested, { vydon: { cloud: false } });

    it("have the same messages on both sides", async () => {
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

/** The names of the methods that a server has, in services whose names begin so. */
function methodsOf(server: MockServer, namespace: string): string[] {
  const router = createConnectRouter();
  server.routes(router);
  return router.handlers
    .filter(({ service }) => service.typeName.startsWith(namespace))
    .map(({ method }) => method.name)
    .sort();
}
