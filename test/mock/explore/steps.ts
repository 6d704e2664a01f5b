import type { FaultOptions, MockMethod, MockSeed, MockSnapshot } from "tenantry/mock";
import { advance, cancelTimer, freeze, passTime, run, setClock, setTimer, sleep } from "./clock-steps.js";
import { type ApiName, emails } from "./operations.js";
import { isRefused, mustBe, type Step } from "./step.js";
import { Subject } from "./subject.js";

/** The most servers of a run. */
const mostServers = 4;

interface Saved {
  readonly snapshot: MockSnapshot;
  readonly text: string;
}

const signIn: Step = (run, subject) => {
  const { server, tokens, home, name } = subject;
  const api = run.random.pick<ApiName>(["vydon", "ona", "fam"]);
  const email = run.random.pick(emails);
  const { token } = server[api].signIn({ email, expiresIn: run.random.pick(["1h", "300d"]) });
  tokens.push({ api, token });
  run.issue(home, token, `${name} ${email}`);
};

const signInToOrganization: Step = ({ random }, subject) => {
  const { server, tokens } = subject;
  const organization = random.pick(server.snapshot().apis["ona"]?.["organizations"] ?? [])?.id ?? "none";
  const email = random.pick(emails);
  isRefused(subject, () =>
    tokens.push({ api: "ona", token: server.ona.signIn({ email, organization }).token }),
  );
};

const signInWithIssuer: Step = (run, { server, tokens, home, name }) => {
  const email = run.random.pick(emails);
  const { accessToken } = server.vydon.issuer.signIn({ email });
  tokens.push({ api: "vydon", token: accessToken });
  run.issue(home, accessToken, `${name} ${email}`);
};

const seed: Step = (run, subject) => {
  const { random } = run;
  const email = random.pick(emails);
  const token = random.chance(0.3) ? { token: `token-${email}` } : {};
  const isWrong = random.chance(0.2);
  const added: MockSeed = {
    vydon: { accounts: [{ name: random.pick(["acme", "beta"]), members: [{ email }] }] },
    ona: { organizations: [{ name: "acme", members: [{ email }] }] },
    fam: { users: [{ email, ...token }, ...(isWrong ? [{ email: "x@example.com", token: "" }] : [])] },
  };
  if (isRefused(subject, () => subject.server.seed(added))) return;
  if (isWrong) throw new Error("a wrong seed is accepted");
  if (token.token !== undefined) subject.tokens.push({ api: "fam", token: token.token });
  subject.origin = subject.text;
  subject.originRanMs = subject.ranMs;
};

const reset: Step = (run, subject) => {
  subject.endEra();
  subject.log = [];
  subject.originRanMs = subject.ranMs;
  subject.server.reset();
  mustBe(subject.text, subject.origin, `${subject.name} after a reset`);
  mustBe(subject.server.faults.all().length, 0, "faults after a reset");
  mustBe(subject.server.clock.isRunning, false, "a running clock after a reset");
  // The same ids are made again.
  signIn(run, subject);
};

const save: Step = (run, subject) => {
  const snapshot = subject.server.snapshot();
  run.saved.push({ snapshot, text: JSON.stringify(snapshot) });
};

const restore: Step = (run, subject) => {
  const saved: Saved | undefined = run.random.pick(run.saved);
  if (saved === undefined) return;
  const isWrong = run.random.chance(0.1);
  const snapshot: object = isWrong ? { ...saved.snapshot, ids: -1 } : saved.snapshot;
  if (isRefused(subject, () => subject.server.restore({ ...saved.snapshot, ...snapshot }))) return;
  if (isWrong) throw new Error("a wrong snapshot is accepted");
  subject.endEra();
  mustBe(subject.text, saved.text, `${subject.name} after a restore`);
  mustBe(JSON.stringify(saved.snapshot), saved.text, "the snapshot after its restore");
};

const fork: Step = (run, subject) => {
  if (run.subjects.length >= mostServers) return;
  const copy = new Subject(`${subject.name}'s fork`, subject.server.fork(), subject.isStrict);
  mustBe(copy.text, subject.text, `the fork of ${subject.name}`);
  copy.tokens.push(...subject.tokens);
  run.add(copy);
};

const createWorld: Step = (run, { home }) => {
  if (run.subjects.length >= mostServers || home.isEnded) return;
  const { worlds } = home.server;
  const name = run.random.pick(["a", "b", "c"]);
  if (worlds.get(name) !== undefined) {
    if (!isRefused(home, () => worlds.create(name))) throw new Error(`a second world is named ${name}`);
    return;
  }
  const world = new Subject(`${home.name}/${name}`, worlds.create(name), home.isStrict, home);
  mustBe(world.server, worlds.get(name), `the world ${name}`);
  const origin: MockSnapshot = JSON.parse(home.origin);
  mustBe(world.state, JSON.stringify({ ...origin, now: undefined }), `the state of the new world ${name}`);
  const ranMs = home.server.clock.isRunning ? home.ranMs - home.originRanMs : 0;
  mustBe(world.server.clock.now(), Date.parse(origin.now) + ranMs, `the time of the new world ${name}`);
  run.add(world);
  signIn(run, world);
};

const endWorld: Step = (run, { home }) => {
  const world = run.random.pick(run.subjects.filter((each) => each.home === home && each !== home));
  if (world === undefined) return;
  world.endEra();
  world.isTouched = true;
  const isFirst = !world.isEnded;
  const name = world.server.world ?? "";
  const current = home.server.worlds.get(name);
  if (!isFirst && current !== undefined) return;
  world.isEnded = true;
  mustBe(home.server.worlds.end(name), isFirst, `the end of ${world.name}`);
  mustBe(home.server.worlds.get(name), undefined, `${world.name} after its end`);
};

/** Finds the world of a random token. */
export const findByToken: Step = (run, { home }) => {
  const family = run.subjects.filter((each) => each.home === home && !each.isEnded);
  const token = run.random.pick(run.random.pick(family)?.tokens ?? [])?.token;
  if (token === undefined) return;
  const isKnown = ({ state }: Subject) => state.includes(`{"id":${JSON.stringify(token)},`);
  const [first, ...others] = isKnown(home) ? [home] : family.filter(isKnown);
  if (first === undefined) return;
  const { worlds } = home.server;
  if (others.length === 0) mustBe(worlds.byToken(token).world, first.server.world, "the world of a token");
  else if (!isRefused(home, () => worlds.byToken(token))) throw new Error(`${token} is in one world`);
};

const inject: Step = ({ random }, { server, faults }) => {
  const effect = random.pick<FaultOptions<MockMethod>>([
    { code: "unavailable" },
    { code: "aborted", latencyMs: 100 },
    { code: "internal", retryAfter: "2s" },
    { latencyMs: random.pick([1, 5_000, 700_000]) },
    { wire: random.pick(["html_502", "reset", "lost_response", "cut_json", "cut_body", "drip"]) },
  ]);
  const options: FaultOptions<MockMethod> = {
    ...effect,
    ...(random.chance(0.2) && { method: random.pick(["CreateTeamAccount", "CreateOrganization"]) }),
    ...(random.chance(0.3) && { when: ({ caller }) => caller !== undefined }),
    ...(random.chance(0.3) && { probability: 0.5 }),
    ...(random.chance(0.3) && { every: 2 }),
    ...(random.chance(0.6) && { times: random.pick([1, 2]) }),
  };
  const count = server.faults.all().length;
  faults.push(server.faults.inject(options));
  mustBe(server.faults.all().length, count + 1, "the faults");
};

const removeFault: Step = ({ random }, { server }) => {
  if (random.chance(0.2)) server.faults.clear();
  else random.pick(server.faults.all())?.remove();
};

const watch: Step = (run, subject) => {
  const stop = subject.server.calls.watch(() =>
    run.check(() => {
      if (!subject.unwatch.includes(stop)) throw new Error("a watcher is called that was stopped");
      subject.isTouched = true;
      if (run.random.chance(0.5)) run.step(subject);
    }),
  );
  subject.unwatch.push(stop);
};

const unwatch: Step = ({ random }, { unwatch }) => {
  const stop = random.pick(unwatch);
  if (stop === undefined) return;
  stop();
  unwatch.splice(unwatch.indexOf(stop), 1);
};

const clearCalls: Step = (_run, subject) => {
  subject.log = [];
  subject.server.calls.clear();
};

/** Adds people and signs some of them in. */
export const begin: Step = (run, subject) => {
  if (run.random.chance(0.3)) subject.server.clock.run();
  for (const step of [seed, seed, signIn, signIn, signIn, signIn, inject]) step(run, subject);
};

/** All steps by name. A step that is listed twice is twice as likely. */
export const steps: readonly [readonly [string, Step], ...(readonly [string, Step])[]] = [
  ["sign in", signIn],
  ["sign in", signIn],
  ["sign in", signIn],
  ["sign in to an organization", signInToOrganization],
  ["sign in with the issuer", signInWithIssuer],
  ["seed", seed],
  ["reset", reset],
  ["save a snapshot", save],
  ["restore a snapshot", restore],
  ["fork", fork],
  ["create a world", createWorld],
  ["end a world", endWorld],
  ["inject a fault", inject],
  ["inject a fault", inject],
  ["remove a fault", removeFault],
  ["advance", advance],
  ["advance", advance],
  ["set the clock", setClock],
  ["run the clock", run],
  ["freeze the clock", (_run, subject) => freeze(subject)],
  ["real time passes", passTime],
  ["real time passes", passTime],
  ["set a timer", setTimer],
  ["cancel a timer", cancelTimer],
  ["sleep", sleep],
  ["watch", watch],
  ["stop watching", unwatch],
  ["clear the log", clearCalls],
];
