import { describe, expect, it } from "vitest";
import { isSame } from "./compare.js";
import { Placeholders } from "./placeholders.js";

/** Placeholders that count the texts that they compare. */
class Counted extends Placeholders {
  compared = 0;

  override matches(recorded: string, actual: string): boolean {
    this.compared++;
    return super.matches(recorded, actual);
  }
}

function sameUsers(recorded: readonly object[], actual: readonly object[]) {
  const placeholders = new Counted(() => 0);
  const isTheSame = isSame(
    recorded.map((user) => ({ ...user })),
    actual.map((user) => ({ ...user })),
    placeholders,
    "users",
  );
  return { isTheSame, compared: placeholders.compared };
}

const numbers = Array.from({ length: 20 }, (_, index) => index);
const recorded = numbers.map((number) => ({ name: `<name:${number}>` }));
const actual = numbers.map((number) => ({ name: `user ${number}` }));

describe("isSame", () => {
  it("finds the order of a list whose order does not count", () => {
    const pairs = [
      { id: "<id:1>", name: "<name:1>", role: "viewer" },
      { id: "<id:2>", name: "<name:2>", role: "admin" },
    ];
    const users = [
      { id: "b", name: "Bob", role: "admin" },
      { id: "a", name: "Ada", role: "viewer" },
    ];
    expect(sameUsers(pairs, users).isTheSame).toBe(true);
    expect(sameUsers([...pairs, ...pairs], [...users, ...users]).isTheSame).toBe(true);
    expect(sameUsers([...recorded].reverse(), actual).isTheSame).toBe(true);
    expect(sameUsers([...pairs, { id: "<id:1>" }], [...users, { id: "c" }]).isTheSame).toBe(false);
  });

  it("does not try all orders if one item has no counterpart", () => {
    const { isTheSame, compared } = sameUsers([...recorded, { name: "Ada" }], [...actual, { name: "Bob" }]);
    expect(isTheSame).toBe(false);
    expect(compared).toBeLessThan(2 * 21 * 21);

    const one = { name: "Ada" };
    const two = sameUsers([...recorded, one, one], [...actual, one, { name: "Bob" }]);
    expect(two.isTheSame).toBe(false);
    expect(two.compared).toBeLessThan(3 * 22 * 22);

    const users = (role: string, count: number) => recorded.slice(0, count).map(() => ({ role }));
    const named = recorded.map(({ name }, index) => ({ name, role: index < 10 ? "admin" : "viewer" }));
    const roles = [...users("admin", 9), ...users("viewer", 11)].map((user, index) => ({
      name: `user ${index}`,
      ...user,
    }));
    const three = sameUsers(named, roles);
    expect(three.isTheSame).toBe(false);
    expect(three.compared).toBeLessThan(3 * 20 * 20);
  });
});
