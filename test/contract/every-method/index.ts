import type { DescService } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import * as fam from "../../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../../gen/fam/v1/member_pb.js";
import * as ona from "../../../gen/gitpod/v1/account_pb.js";
import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
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
      { name: "Vydon", services: [UserAccountService], call: everyVydonMethod },
      { name: "Ona", services: [ona.AccountService], call: everyOnaMethod },
      { name: "FAM", services: [fam.AccountService, MemberService, BillingService], call: everyFamMethod },
    ])("of $name has the same messages on both sides", async ({ services, call }) => {
      const { clients, seen } = comparing(world);
      await call(world.server, clients);
      expect([...seen].sort()).toEqual(namesOf(services));
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

function namesOf(services: readonly DescService[]): string[] {
  return services.flatMap(({ methods }) => methods.map(({ name }) => name)).sort();
}
