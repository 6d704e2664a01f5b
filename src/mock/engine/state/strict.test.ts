import { describe, expect, it } from "vitest";
import { createMockServer } from "../../server.js";
import { createWatcher, type Invariants, StrictGuard } from "./strict.js";
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

/** A guard over a list of tasks. Each task must have an owner. */
function guarded() {
  const empty = (): State => ({ tasks: new Table({}) });
  const state = empty();
  const guard = new StrictGuard(
    () => ({ todo: createWatcher(state, empty, owned) }),
    () => {
      const before = state.tasks.fork();
      return () => state.tasks.adopt(before);
    },
  );
  return { ...state, guard };
}

describe("a guard", () => {
  it("undoes a call that breaks something, and names it", () => {
    const { tasks, guard } = guarded();
    tasks.insert({ id: "sweep", owner: "ada" });
    expect(() =>
      guard.run("todo", "Leave", () => {
        tasks.insert({ id: "wash", owner: "ada" });
        tasks.update("sweep", { owner: null });
      }),
    ).toThrow("strict: todo.Leave was undone, because it broke todo.tasks sweep: it has no owner");
    expect(tasks.toJSON()).toEqual([{ id: "sweep", owner: "ada" }]);
  });

  it("does not report a call for what was broken before it", () => {
    const { tasks, guard } = guarded();
    tasks.insert({ id: "sweep", owner: null });
    expect(guard.run("todo", "Add", () => tasks.insert({ id: "wash", owner: "ada" }).id)).toBe("wash");
    expect(() => guard.run("todo", "Leave", () => tasks.update("wash", { owner: null }))).toThrow(
      /it broke todo\.tasks wash: it has no owner$/,
    );
  });

  it("checks nothing if nothing was written", () => {
    const { tasks } = guarded();
    let looks = 0;
    const state = { tasks };
    const watcher = createWatcher(
      state,
      () => ({ tasks: new Table<Task>({}) }),
      () => {
        looks++;
        return [];
      },
    );
    const broken = watcher.begin();
    expect([broken(), looks]).toEqual([[], 0]);
    tasks.insert({ id: "sweep", owner: null });
    expect([broken(), looks]).toEqual([[], 1]);
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
