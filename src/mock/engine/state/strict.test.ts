import { describe, expect, it } from "vitest";
import { createMockServer } from "../../server.js";
import { VirtualClock } from "../time/virtual-clock.js";
import { Ids } from "./ids.js";
import { StateKeeper } from "./saved-state.js";
import { createFindBroken, type Invariants } from "./strict.js";
import { Table } from "./tables.js";

interface Task {
  readonly id: string;
  readonly owner: string | null;
}

type State = { readonly tasks: Table<Task> };

const owned: Invariants<State> = function* ({ tasks }) {
  for (const { id, owner } of tasks.all()) {
    if (owner === null) yield { table: "tasks", id, message: "it has no owner" };
  }
};

/** The keeper of a list of tasks. Each task must have an owner. `looks` counts the checks. */
function setup() {
  let looks = 0;
  const empty = (): State => ({ tasks: new Table({}) });
  const tables = empty();
  const findBroken = createFindBroken(tables, empty, (state, before) => {
    looks++;
    return owned(state, before);
  });
  const keeper = new StateKeeper({ todo: { tables, findBroken } }, new Ids(1), new VirtualClock());
  return { ...tables, keeper, looks: () => looks };
}

describe("a call of a strict server", () => {
  it("is undone if it breaks something, and its error names this", () => {
    const { tasks, keeper } = setup();
    tasks.insert({ id: "sweep", owner: "ada" });
    expect(() =>
      keeper.runStrictly("todo.Leave", () => {
        tasks.insert({ id: "wash", owner: "ada" });
        tasks.update("sweep", { owner: null });
      }),
    ).toThrow("strict: todo.Leave was undone, because it broke todo.tasks sweep: it has no owner");
    expect(tasks.toJSON()).toEqual([{ id: "sweep", owner: "ada" }]);
  });

  it("may leave broken what was broken before it", () => {
    const { tasks, keeper } = setup();
    tasks.insert({ id: "sweep", owner: null });
    const add = () => tasks.insert({ id: "wash", owner: "ada" }).id;
    expect(keeper.runStrictly("todo.Add", add)).toBe("wash");
    expect(() => keeper.runStrictly("todo.Leave", () => tasks.update("wash", { owner: null }))).toThrow(
      /it broke todo\.tasks wash: it has no owner$/,
    );
  });

  it("is not checked if it wrote nothing", () => {
    const { tasks, keeper, looks } = setup();
    keeper.runStrictly("todo.List", () => tasks.toJSON());
    expect(looks()).toBe(0);
    keeper.runStrictly("todo.Add", () => tasks.insert({ id: "sweep", owner: "ada" }));
    expect(looks()).toBe(1);
  });
});

describe("a strict Vydon server", () => {
  it("allows a failed call that leaves a member without a role", async () => {
    const server = createMockServer({ strict: true });
    server.seed({
      vydon: {
        users: [{ email: "grace@example.com", token: "grace" }],
        accounts: [
          {
            name: "acme",
            members: [{ email: "ada@example.com" }],
            invites: [{ email: "grace@example.com", token: "welcome" }],
          },
        ],
      },
    });
    const call = async (method: string, request: object) => {
      const response = await server.fetch(`https://vydon.mock/mgmt.v1alpha1.UserAccountService/${method}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: "Bearer grace" },
        body: JSON.stringify(request),
      });
      return response.json();
    };
    server.vydon.refuseBilling();
    expect(await call("CreateTeamAccount", { name: "second" })).toMatchObject({ code: "unknown" });
    const { accounts } = await call("GetUserAccounts", {});
    expect(accounts).toMatchObject([{ name: "second" }]);
    expect(await call("AcceptTeamAccountInvite", { token: "welcome" })).toMatchObject({
      account: { name: "acme" },
    });
  });
});
