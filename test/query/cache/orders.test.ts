import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settled } from "../../support/promises.js";
import { Random } from "../../support/random.js";
import { type Outcome, ordersWorld, type Row, type Write } from "./orders-world.js";

// Each seed is an order of events: writes begin, calls reach the server, responses come back, queries are fetched, come on screen and
// leave it. After each event, what is on screen must fit the writes so far.

const seeds = Number(process.env["SEEDS"] ?? 100);
const firstSeed = Number(process.env["SEED"] ?? 1);

type View = Awaited<ReturnType<typeof ordersWorld>>["views"][number];

const isPending = (write: Write) => write.ended === Infinity;

/** Why a view may not show this. Undefined if it may. `since` is when the view came on screen. */
function wrongIn(rows: readonly Row[], { ids, isWhole }: View, writes: readonly Write[], since: number) {
  for (const id of ids) {
    const ofRow = writes.filter((write) => write.id === id);
    const row = rows.find((one) => one.id === id);
    const mayShow = ofRow.filter((write) => isPending(write) || write.outcome !== "refused");
    const shown = mayShow.filter((write) => isPending(write) && write.form === "optimistic");
    if (row === undefined) {
      if (isWhole && !mayShow.some(({ name }) => name === undefined)) return `row ${id} is missing`;
      continue;
    }
    if (shown.some(({ name }) => name === undefined)) return `row ${row.name} shows, but is being deleted`;
    const last = mayShow.at(-1);
    if (last && shown.includes(last) && row.name !== last.name) return `${row.name} instead of ${last.name}`;
    const by = ofRow.find(({ name }) => name === row.name);
    if (by && !mayShow.includes(by)) return `${row.name} shows, but was refused`;
    if (by && shown.includes(by)) continue;
    for (const done of ofRow) {
      if (isPending(done) || done.outcome !== "ok" || done.ended < since) continue;
      // The client cannot tell which of them the server received first.
      if (
        done.form === "withCache" &&
        ofRow.some(
          ({ started, ended }) => started < done.ended && ended > done.started && started !== done.started,
        )
      )
        continue;
      if (done.name === undefined) return `row ${row.name} is back after it was deleted`;
      if (by === undefined) return `${row.name} is older than ${done.name}`;
      if (by.started < done.started && by.acted < done.acted && by.ended < done.ended)
        return `${row.name} is older than ${done.name}`;
    }
  }
  return undefined;
}

async function explore(seed: number) {
  const numbers = new Random(seed);
  const random = (below: number) => Math.floor(numbers.number() * below);
  const world = await ordersWorld();
  const { calls, clock, views, queryClient } = world;
  const trace: string[] = [];
  const writes: Write[] = [];
  const leave = new Map<(typeof views)[number], { end: () => void; since: number }>();
  const check = () => {
    for (const view of views) {
      const on = leave.get(view);
      const rows = view.rows();
      if (!on || !rows) continue;
      const wrong = wrongIn(rows, view, writes, on.since);
      if (wrong) throw new Error(`seed ${seed}: ${String(view.key)}: ${wrong}\n${trace.join("\n")}`);
    }
  };
  const step = async (name: string, act: () => unknown) => {
    clock.now += 1;
    trace.push(`${clock.now} ${name}`);
    await act();
    await settled();
    trace.push(
      `    ${views
        .map(
          (view) =>
            `${leave.has(view) ? "" : "(off) "}${view
              .rows()
              ?.map((row) => row.name)
              .join(",")}`,
        )
        .join(" | ")}`,
    );
    check();
  };
  const advance = async (outcome: Outcome) => {
    const call = calls[random(calls.length)];
    if (!call) return;
    const about = call.write ? `write ${call.write.name ?? `delete ${call.write.id}`}` : "read";
    await step(`${about}: ${call.isActed ? "response" : outcome}`, () => call.step(outcome));
  };

  for (const view of views) {
    const loading = view.load();
    for (await settled(); calls.length > 0; await settled()) await calls[0]?.step("ok");
    await loading;
    if (random(4) > 0) leave.set(view, { end: view.show(), since: 0 });
  }
  const quietly = (promise: Promise<unknown>) => void promise.catch(() => {});
  const most = 2 + random(4);
  const events = 10 + random(30);
  for (let event = 0; event < events; event++) {
    const kind = random(12);
    const view = views[random(views.length)];
    if (kind < 3 && writes.length < most) {
      const id = world.start[random(100) < 60 ? 0 : random(3)]?.id ?? "";
      const name = random(5) === 0 ? undefined : `name ${writes.length}`;
      const form = random(4) === 0 ? "withCache" : "optimistic";
      const started = clock.now + 1;
      const write: Write = {
        id,
        name,
        form,
        started,
        acted: Infinity,
        ended: Infinity,
        outcome: undefined,
      };
      await step(`${form} ${name ?? "delete"} ${id}`, () => {
        writes.push(write);
        quietly(world.write(write));
      });
    } else if (kind === 3 && view) {
      await step(`fetch ${String(view.key)}`, () => quietly(view.load()));
    } else if (kind === 4 && view) {
      await step(`toggle ${String(view.key)}`, () => {
        const on = leave.get(view);
        on?.end();
        if (!leave.delete(view)) leave.set(view, { end: view.show(), since: clock.now });
      });
    } else if (kind === 5 && views[1] && leave.has(views[1])) {
      await step("next page", () => quietly(world.nextPage()));
    } else {
      const luck = random(10);
      await advance(luck < 6 ? "ok" : luck < 8 ? "refused" : "lost");
    }
  }
  while (calls.length > 0) await advance("ok");

  expect(queryClient.isMutating(), trace.join("\n")).toBe(0);
  const truth = await world.rows();
  for (const view of views) {
    const state = queryClient.getQueryState(view.key);
    if (state?.isInvalidated && !(leave.has(view) && state.status === "success")) continue;
    const rows = view.rows() ?? [];
    const wanted = truth.filter(({ id }) => view.ids.includes(id));
    expect(rows, `seed ${seed}: ${String(view.key)}\n${trace.join("\n")}`).toEqual(
      view.isWhole ? wanted : wanted.slice(0, Math.max(rows.length, Math.min(2, wanted.length))),
    );
  }
  for (const { end } of leave.values()) end();
  return clock.now;
}

describe("any order of writes, responses and fetches", () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown) => rejections.push(reason);
  beforeEach(() => void process.on("unhandledRejection", note));
  afterEach(() => void process.off("unhandledRejection", note));

  it("shows pending changes, never refused or older ones, and ends as the server does", async () => {
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) await explore(seed);
    expect(rejections).toEqual([]);
  });
});
