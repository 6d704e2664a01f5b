import {
  type ApiPromise,
  List,
  type MembersClient,
  type Page,
  type VydonClient,
  type VydonMember,
} from "tenantry";
import { expectTypeOf, test, vi } from "vitest";

declare const ada: VydonMember;
declare const client: VydonClient;

type Members = VydonClient["members"];
const listOfAda = () => new List(async () => ({ items: [ada], nextToken: "" }));

test("new List() is a list of the type of its items", async () => {
  expectTypeOf(listOfAda()).toEqualTypeOf<List<VydonMember>>();
  expectTypeOf(await listOfAda()).toEqualTypeOf<Page<VydonMember>>();
  const list: Pick<Members, "list"> = { list: listOfAda };
  expectTypeOf(list).toExtend<Pick<Members, "list">>();
  // @ts-expect-error the list would not know whether there is another page
  new List(async () => ({ items: [ada] }));
});

test("functions of a test runner have the types of the client's methods", () => {
  vi.fn<Members["list"]>(listOfAda);
  vi.fn<Members["remove"]>().mockResolvedValue(undefined);
  vi.spyOn(client.members, "list").mockReturnValue(listOfAda());
  vi.spyOn(client.members, "remove").mockResolvedValue(undefined);
  vi.spyOn(client.accounts, "createTeam").mockResolvedValue({ accountId: "acc-1" });
  // @ts-expect-error a team has an id
  vi.spyOn(client.accounts, "createTeam").mockResolvedValue({});
});

test("client.members fits a declaration with plain promises and iterables", () => {
  interface Declared {
    list(
      accountId: string,
    ): AsyncIterable<{ email: string }> & PromiseLike<{ items: readonly { email: string }[] }>;
    remove(accountId: string, userId: string): Promise<void>;
  }
  expectTypeOf<Members>().toExtend<Declared>();
  expectTypeOf<{ list: typeof listOfAda; remove(): Promise<void> }>().toExtend<Declared>();
});

test("async functions fit a MembersClient, and have no withResponse() for an ApiPromise", () => {
  const double: MembersClient = {
    members: { list: listOfAda, remove: async () => {}, setRole: async () => {} },
    invites: { accept: async () => {} },
  };
  expectTypeOf(double).toExtend<MembersClient>();
  expectTypeOf<Promise<void>>().not.toExtend<ApiPromise<void>>();
});
