import { VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../../test/support/promises.js";
import type { MockServer } from "../mock-server.js";
import { createMockServer } from "../server.js";
import { explore } from "./explore.js";
import type { ExploreOptions } from "./options.js";
import { ExploreError } from "./report.js";

function clientOf(world: MockServer): VydonClient {
  return new VydonClient({ ...world.vydon.signIn({ email: "ada@example.com" }).connect(), retry: false });
}

/** A page that shows a spinner for ever if its call fails. */
function spinner(world: MockServer) {
  const page = { isLoading: true };
  clientOf(world)
    .users.current()
    .then(
      () => {
        page.isLoading = false;
      },
      () => {},
    );
  return page;
}

/** What the test threw in the smallest failing case. */
async function smallest(
  test: (world: MockServer) => unknown,
  options: ExploreOptions = {},
): Promise<unknown> {
  const faults = ["unavailable_before_commit"] as const;
  const error = await failureOf(explore(createMockServer(), test, { faults, ...options }));
  return error instanceof ExploreError ? error.cause : error;
}

const minute = 60_000;

describe("a test that does not end", () => {
  it("fails if it waits for longer than timeoutMs", async () => {
    const test = async (world: MockServer) => {
      const page = spinner(world);
      while (page.isLoading) await world.clock.sleep(15 * minute);
    };
    const ending = (timeoutMs: number) =>
      `the test did not end: it waited longer than timeoutMs, ${timeoutMs} ms of the world's clock. Its last call was vydon.GetUser #1.`;
    expect(await smallest(test)).toMatchObject({ message: ending(60 * minute) });
    expect(await smallest(test, { timeoutMs: 90 * minute })).toMatchObject({ message: ending(90 * minute) });
  });

  it("fails also if it ends right after a wait that was longer than timeoutMs", async () => {
    const test = async (world: MockServer) => world.clock.sleep(2 * 60 * minute);
    const text = "it waited longer than timeoutMs, 3600000 ms of the world's clock";
    await expect(explore(createMockServer(), test)).rejects.toThrow(text);
  });

  it("fails if it makes many more calls and waits than without a fault", async () => {
    const polling = async (world: MockServer) => {
      const page = spinner(world);
      while (page.isLoading) await world.clock.sleep(100);
    };
    expect(await smallest(polling)).toMatchObject({
      message: expect.stringMatching(/waited more than 10001 times/),
    });

    const calling = async (world: MockServer) => {
      const page = spinner(world);
      const client = clientOf(world);
      while (page.isLoading) await client.accounts.list().toArray();
    };
    expect(await smallest(calling)).toMatchObject({
      message: expect.stringMatching(/made more than 50\d calls\. Its last call was GetUserAccounts #\d+\./),
    });
  });

  it("fails if it waits for something that never happens", async () => {
    const test = (world: MockServer) =>
      new Promise<void>((resolve) => {
        clientOf(world)
          .users.current()
          .then(
            () => resolve(),
            () => {},
          );
      });
    expect(await smallest(test)).toMatchObject({
      message: expect.stringContaining("it waits, but not on the world's clock"),
    });
  });

  it("fails in the run without a fault, too", async () => {
    expect(await smallest(() => new Promise(() => {}))).toMatchObject({
      message: expect.stringMatching(
        /^the test fails without a fault: .* did not end: .* It made no call\.$/,
      ),
    });
    const endless = async (world: MockServer) => {
      for (;;) await clientOf(world).users.current();
    };
    expect(await smallest(endless)).toMatchObject({
      message: expect.stringContaining("made more than 2000 calls"),
    });
  });
});

describe("time", () => {
  it("moves to timers and sleeps while the test waits, and only then", async () => {
    const times: number[] = [];
    await explore(createMockServer(), async (world) => {
      const start = world.clock.now();
      await clientOf(world)
        .users.current()
        .catch(() => {});
      await new Promise<void>((resolve) => world.clock.setTimeout(resolve, 50 * minute));
      await world.clock.sleep(5 * minute);
      times.push((world.clock.now() - start) / minute);
    });
    // The call that is slower than its deadline takes a minute.
    expect(times).toEqual([55, 55, 55, 55, 55, 55, 56, 55]);
  });

  it("that the test itself advances does not count", async () => {
    const test = async (world: MockServer) => {
      world.clock.advance("30d");
      await clientOf(world)
        .users.current()
        .catch(() => {});
    };
    expect(await explore(createMockServer(), test)).toMatchObject({ passed: 7 });
  });

  it("stands still at first, even if the server's clock is running", async () => {
    const server = createMockServer();
    server.clock.run();
    await explore(server, async (world) => {
      expect(world.clock.isRunning).toBe(false);
      await clientOf(world)
        .users.current()
        .catch(() => {});
    });
    expect(server.clock.isRunning).toBe(true);
    server.clock.freeze();
  });

  it("ends the run if a timer throws", async () => {
    const test = async (world: MockServer) => {
      await clientOf(world).users.current();
      world.clock.setTimeout(() => {
        throw new Error("broken timer");
      }, 1_000);
      await new Promise(() => {});
    };
    await expect(explore(createMockServer(), test)).rejects.toThrow(/without a fault.*broken timer/);
  });
});

describe("after its run", () => {
  it("a world sends no response, and no wait on it ends", async () => {
    const left: string[] = [];
    const worlds: MockServer[] = [];
    const test = async (world: MockServer) => {
      worlds.push(world);
      const client = clientOf(world);
      await client.users.current().catch(() => {});
      void (async () => {
        for (;;) {
          await world.clock.sleep(1_000);
          left.push(
            await client.users.current().then(
              () => "ok",
              (reason: Error) => reason.name,
            ),
          );
        }
      })();
    };
    await explore(createMockServer(), test);
    expect(left).toEqual([]);

    // Turns of the event loop, in which a world that is not over would respond.
    const [world] = worlds;
    if (world === undefined) throw new Error("there was no run");
    const late = clientOf(world)
      .users.current()
      .finally(() => left.push("late"));
    late.catch(() => {});
    const other = createMockServer();
    // Code that the test has left behind may still move the clock of its world.
    world.clock.advance("1h");
    for (let turn = 0; turn < 20; turn++) await other.clock.sleep(1_000);
    expect(left).toEqual([]);
  });

  it("a call under way ends without a response", async () => {
    const left: string[] = [];
    const test = async (world: MockServer) => {
      const client = clientOf(world);
      await client.users.current().catch(() => {});
      world.faults.inject({ latencyMs: 5_000 });
      client.accounts
        .list()
        .toArray()
        .then(
          () => left.push("ok"),
          () => left.push("failed"),
        );
      await Promise.resolve();
    };
    await explore(createMockServer(), test);
    const other = createMockServer();
    for (let turn = 0; turn < 20; turn++) await other.clock.sleep(1_000);
    expect(left).toEqual([]);
  });
});

describe("a signal", () => {
  const reason = new Error("enough");

  it("that has aborted before means that no test runs", async () => {
    let runs = 0;
    const test = () => runs++;
    await expect(explore(createMockServer(), test, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(runs).toBe(0);
  });

  it("ends the run that is under way, and the exploration", async () => {
    const controller = new AbortController();
    let runs = 0;
    const test = async (world: MockServer) => {
      runs++;
      await clientOf(world)
        .users.current()
        .catch(() => {});
      if (runs < 3) return;
      controller.abort(reason);
      await new Promise(() => {});
    };
    await expect(explore(createMockServer(), test, { signal: controller.signal })).rejects.toBe(reason);
    expect(runs).toBe(3);
  });
});
