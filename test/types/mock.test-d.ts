import type { ServiceImpl } from "@connectrpc/connect";
import {
  createMockServer,
  explore,
  type MockCalls,
  type MockSeed,
  type MockServer,
  type MockServerOptions,
} from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { expectTypeOf, test } from "vitest";
import type { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import type { SetUserRequest } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import {
  anyText,
  type Check,
  count,
  list,
  number,
  object,
  oneOf,
  optional,
  text,
} from "../../src/mock/engine/check-json.js";
import type { RowChecks, Table, TablesWith } from "../../src/mock/engine/state/tables.js";
import type { createAccounts } from "../../src/mock/ona/accounts.js";
import type { createLogins } from "../../src/mock/ona/logins.js";

interface Member {
  readonly email: string;
  readonly age?: number;
  readonly role: "admin" | "viewer";
  readonly tags: readonly string[];
}

test("object() returns a check of the type", () => {
  const fits: Check<Member> = object({
    email: text,
    age: optional(count),
    role: oneOf(["admin", "viewer"]),
    tags: list(anyText),
  });
  expectTypeOf(fits({ email: "ada@example.com" }, "member")).toEqualTypeOf<Member>();
});

test("a check of another type does not compile", () => {
  object<Member>({
    // @ts-expect-error an email is not a number
    email: number,
    age: optional(count),
    role: oneOf(["admin", "viewer"]),
    tags: list(anyText),
  });
  object<Member>({
    // @ts-expect-error an email is required
    email: optional(text),
    age: optional(count),
    // @ts-expect-error there is no such role
    role: oneOf(["admin", "owner"]),
    // @ts-expect-error a list of numbers
    tags: list(number),
  });
});

test("object() does not compile if a field has no check, or a check has no field", () => {
  // @ts-expect-error the role and the tags have no check
  object<Member>({ email: text, age: optional(count) });
  object<{ email: string }>({
    email: text,
    // @ts-expect-error there is no such field
    emial: text,
  });
});

test("RowChecks needs a check of the row type for each table", () => {
  type State = { readonly users: Table<{ readonly id: string; readonly name: string }, "name"> };
  const checks: RowChecks<State> = { users: object({ id: text, name: text }) };
  expectTypeOf(checks.users).toEqualTypeOf<Check<{ readonly id: string; readonly name: string }>>();
  const wrong: RowChecks<State> = {
    // @ts-expect-error a name is not a number
    users: object({ id: text, name: number }),
  };
  expectTypeOf(wrong).toBeObject();
});

test("TablesWith has the tables whose rows always have the field", () => {
  type State = {
    readonly teams: Table<{ readonly id: string }>;
    readonly members: Table<{ readonly id: string; readonly teamId: string }, "team">;
    readonly tokens: Table<{ readonly id: string; readonly teamId: string | null }>;
  };
  expectTypeOf<TablesWith<State, "teamId">>().toEqualTypeOf<"members">();
});

test("a service implementation without one of its RPCs does not compile", () => {
  type Accounts = ReturnType<typeof createAccounts>;
  type Logins = ReturnType<typeof createLogins>;
  expectTypeOf<Accounts & Logins>().toExtend<ServiceImpl<typeof AccountService>>();
  expectTypeOf<Accounts>().not.toExtend<ServiceImpl<typeof AccountService>>();
  expectTypeOf<Logins>().not.toExtend<ServiceImpl<typeof AccountService>>();
});

test("server.calls is typed by the RPC's name", () => {
  type Calls = MockServer["calls"];
  expectTypeOf<MockCalls["SetUser"]["request"]>().toEqualTypeOf<SetUserRequest>();
  expectTypeOf<MockCalls["vydon.SetUser"]>().toEqualTypeOf<MockCalls["SetUser"]>();
  // Vydon and Ona both have GetUser.
  expectTypeOf<MockCalls["GetUser"]>().toEqualTypeOf<MockCalls["vydon.GetUser"] | MockCalls["ona.GetUser"]>();
  // Ona and Fetch Ads Manager both have GetAccount.
  expectTypeOf<MockCalls["GetAccount"]>().toEqualTypeOf<
    MockCalls["ona.GetAccount"] | MockCalls["fam.GetAccount"]
  >();
  expectTypeOf<Parameters<Calls["of"]>[0]>().not.toEqualTypeOf<string>();
});

test("every option, seed and fault accepts undefined for its default", () => {
  const options: MockServerOptions = {
    randomSeed: undefined,
    now: undefined,
    vydon: undefined,
    ona: undefined,
  };
  createMockServer({ ...options, vydon: { cloud: undefined, issuer: { rotate: undefined } } });
  createMockServer({ fam: { perPage: undefined, services: { members: undefined } } });
  const server: MockServer = createMockServer();
  server.vydon.signIn({ email: "", name: undefined, expiresIn: undefined });
  server.fam.addCard("", { brand: undefined });
  server.faults.inject({
    method: "GetUser",
    code: undefined,
    wire: undefined,
    times: undefined,
    when: undefined,
  });
  server.seed({ vydon: { accounts: undefined, users: [{ email: "", id: undefined }] }, ona: undefined });
  explore(server, () => {}, { only: undefined, signal: undefined });
  listen(server, { port: undefined, allowedHosts: undefined });
});

test("a seed may be a constant with read-only lists", () => {
  const seed = {
    vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com", role: "admin" }] }] },
    fam: { accounts: [{ name: "Shop", members: [{ email: "ada@example.com", relations: ["owner"] }] }] },
  } as const;
  expectTypeOf(seed).toExtend<MockSeed>();
});
