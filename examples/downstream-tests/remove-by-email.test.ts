import { List, NotFoundError, VydonClient, type VydonMember } from "tenantry";
import { expect, it, vi } from "vitest";
import { type Members, removeByEmail } from "./remove-by-email.js";

const ada: VydonMember = { userId: "u1", name: "Ada", email: "ada@example.com", image: "", role: "admin" };

it("calls a plain object", async () => {
  const removed: string[] = [];
  const members: Members = {
    async *list() {
      yield ada;
    },
    async remove(_accountId, userId) {
      removed.push(userId);
    },
  };
  expect(await removeByEmail(members, "acc-1", "ada@example.com")).toBe(true);
  expect(removed).toEqual(["u1"]);
});

it("calls functions with the types of the client's methods", async () => {
  const members = {
    list: vi.fn<VydonClient["members"]["list"]>(
      () => new List(async () => ({ items: [ada], nextToken: "" })),
    ),
    remove: vi.fn<VydonClient["members"]["remove"]>().mockResolvedValue(undefined),
  };
  expect(await removeByEmail(members, "acc-1", "ada@example.com")).toBe(true);
  expect(members.remove).toHaveBeenCalledWith("acc-1", "u1");
});

it("calls a client with two methods replaced", async () => {
  const client = new VydonClient({ baseUrl: "https://vydon.example.com" });
  vi.spyOn(client.members, "list").mockReturnValue(new List(async () => ({ items: [ada], nextToken: "" })));
  vi.spyOn(client.members, "remove").mockRejectedValue(new NotFoundError("there is no such member"));
  await expect(removeByEmail(client.members, "acc-1", "ada@example.com")).rejects.toThrow(NotFoundError);
});

it("finds a person on the second page", async () => {
  const grace = { ...ada, userId: "u2", email: "grace@example.com" };
  const list = () =>
    new List(async ({ token }) =>
      token === "" ? { items: [ada], nextToken: "second" } : { items: [grace], nextToken: "" },
    );
  expect(await removeByEmail({ list, remove: async () => {} }, "acc-1", "grace@example.com")).toBe(true);
});
