import { Ids } from "../engine/state/ids.js";
import { internalsOf, requireInternals } from "../internals.js";
import type { MockServer } from "../mock-server.js";
import { type Case, caseText, exploreFaults, placeText, readCase } from "./cases.js";
import { checkExploreOptions, type ExploreOptions } from "./options.js";
import { describe, type ExploreFailure, type ExploreReport, toError } from "./report.js";
import { type Outcome, runTest } from "./run.js";
import { type SeenCall, type SeenCalls, watchCalls } from "./watch-calls.js";

/** The maximum number of calls and waits in the run without a fault. */
const firstLimits = { calls: 2_000, waits: 20_000 };
/**
 * The number of additional calls and waits of a run with a fault. A test that polls every 10 ms waits 6,000 times until
 * the deadline of a call.
 */
const extra = { calls: 500, waits: 10_000 };

/**
 * Runs a test once without faults, records its calls, and runs it again for each call and each fault that can hit it:
 * see {@link ExploreFault}. Each run has its own fork of the server. While the test waits on the clock of its world, the clock moves by
 * itself, so a run takes no real time. A test that does not end fails, for example a test that waits for a spinner. Its time is limited
 * by {@link ExploreOptions.timeoutMs}. It may make 500 more calls and 10,000 more waits than without faults. `explore` cannot end a loop
 * that neither calls nor waits.
 *
 * The test must pass with every fault. It uses the code under test as a person would, who may try again after an error. It throws if the
 * outcome is wrong. It gets the `world`, a mock server, and creates its clients from it. It checks the outcome with the
 * world's controls, its log of calls, or a client of `world.fork()`. The calls of such a client are not explored.
 *
 * ```ts
 * await explore(server, async (world) => {
 *   const client = new VydonClient(world.vydon.signIn({ email: "ada@example.com" }).connect());
 *   await inviteByApp(client, "grace@example.com").catch(() => {}); // the app may show an error
 *   const calls = world.calls.of("InviteUserToTeamAccount");
 *   assert.ok(calls.filter(({ response }) => response !== undefined).length <= 1);
 * });
 * ```
 *
 * The same server, test and options produce the same report, if the test depends on nothing else. A call is named by its position among
 * the requests of its RPC, including retries. A fault hits only this request.
 *
 * @param server - the server to fork. It does not change.
 * @param test - returns or resolves to pass, throws or rejects to fail. It is run many times, one run after the other.
 * @returns a report of the runs, if all cases passed.
 * @throws ExploreError if a case failed. Its message begins with a line of code that runs only the smallest one.
 * @throws Error if an option is unknown or wrong, if the test fails without a fault, or if there is nothing to explore.
 * @throws the signal's reason if it aborts.
 */
export async function explore(
  server: MockServer,
  test: (world: MockServer) => unknown,
  options: ExploreOptions = {},
): Promise<ExploreReport> {
  if (internalsOf(server) === undefined)
    throw new Error("server is not a mock server: give one that createMockServer of this module has created");
  if (typeof test !== "function") throw new Error("test is not a function: give async (world) => { … }");
  checkExploreOptions(options);

  const template = server.fork();
  const first = await runCase(template, test, options, undefined, firstLimits);
  if (!first.outcome.passed) {
    const { error } = first.outcome;
    throw new Error(`the test fails without a fault: make it pass first. ${describe(error)}`, {
      cause: error,
    });
  }
  const { calls } = first.seen;
  const limits = {
    calls: first.outcome.calls + extra.calls,
    waits: first.outcome.waits + extra.waits,
  };
  const cases = casesOf(calls, options);
  const chosen = choose(cases, options);

  const failures: ExploreFailure[] = [];
  for (const one of chosen) {
    const { outcome } = await runCase(template, test, options, one, limits);
    if (!outcome.passed) failures.push({ only: caseText(one), error: outcome.error });
  }
  const runs = chosen.length;
  const report = {
    calls: calls.map(placeText),
    cases: cases.length,
    runs,
    passed: runs - failures.length,
    failures,
  };
  const error = toError(report);
  if (error !== undefined) throw error;
  return report;
}

/** Returns the cases, the smallest first. @throws Error if there are none. */
function casesOf(
  calls: readonly SeenCall[],
  { faults = exploreFaults, actor, only }: ExploreOptions,
): Case[] {
  if (calls.length === 0)
    throw new Error("the test made no call: create its clients from the world that is passed to it");
  const all = calls.flatMap(({ method, nth, faults: possible }, index) =>
    possible
      .filter((fault) => fault !== "second_actor" || (actor !== undefined && index < calls.length - 1))
      .map((fault) => ({ fault, method, nth })),
  );
  if (only !== undefined) {
    const found = all.filter((one) => caseText(one) === only);
    if (found.length > 0) return found;
    const { fault, ...place } = readCase(only, "options.only");
    const isMade = calls.some((call) => placeText(call) === placeText(place));
    const why = isMade ? `${fault} cannot hit ${placeText(place)}` : `there is no ${placeText(place)}`;
    throw new Error(
      `options.only is ${JSON.stringify(only)}, but ${why}: without a fault the test calls ${calls.map(placeText).join(", ")}`,
    );
  }
  const cases = all.filter(({ fault }) => faults.includes(fault));
  if (cases.length === 0)
    throw new Error(`these faults cannot hit any call of the test: ${faults.join(", ")}`);
  return cases;
}

/** Chooses at most `runs` of the cases. They stay in order. */
function choose(cases: readonly Case[], { runs = 200, randomSeed = 1 }: ExploreOptions): readonly Case[] {
  if (cases.length <= runs) return cases;
  const ids = new Ids(randomSeed);
  return cases
    .map((one, index) => ({ one, index, random: ids.random() }))
    .sort((a, b) => a.random - b.random)
    .slice(0, runs)
    .sort((a, b) => a.index - b.index)
    .map(({ one }) => one);
}

/** Runs the test once, on a fork of the template. */
async function runCase(
  template: MockServer,
  test: (world: MockServer) => unknown,
  { actor, timeoutMs = 3_600_000, signal }: ExploreOptions,
  target: Case | undefined,
  limits: { readonly calls: number; readonly waits: number },
): Promise<{ outcome: Outcome; seen: SeenCalls }> {
  const world = template.fork();
  world.clock.freeze();
  const internals = requireInternals(world);
  let actorError: Error | undefined;
  const seen = watchCalls(internals, target, async () => {
    try {
      await actor?.(world);
    } catch (error) {
      actorError = new Error(`options.actor failed: ${describe(error)}`, { cause: error });
    }
  });
  const outcome = await runTest(internals, seen, () => test(world), { timeoutMs, ...limits }, signal);
  if (actorError !== undefined) return { outcome: { passed: false, error: actorError }, seen };
  if (target === undefined || seen.wasHit || !outcome.passed) return { outcome, seen };
  const error = new Error(
    `the run made no ${placeText(target)}, but the run without faults did: the test depends on something other than its world`,
  );
  return { outcome: { passed: false, error }, seen };
}
