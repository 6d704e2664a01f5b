import { AdminError, adminOf, textOf } from "./admin.js";
import type { Context, Pulse, View } from "./context.js";
import { fill } from "./dom.js";
import { Live } from "./live.js";
import { Notices } from "./notices.js";
import { Shell } from "./shell.js";
import { callsView } from "./views/calls-view.js";
import { clockView } from "./views/clock-view.js";
import { activeFaults } from "./views/fault-text.js";
import { faultsView } from "./views/faults-view.js";
import { signInView } from "./views/sign-in-view.js";
import { stateView } from "./views/state-view.js";
import { tablesView } from "./views/tables-view.js";
import { worldSwitcher } from "./world-switcher.js";

const makers: Readonly<Record<string, (context: Context) => View>> = {
  calls: callsView,
  tables: tablesView,
  faults: faultsView,
  clock: clockView,
  "sign-in": signInView,
  state: stateView,
};

const notices = new Notices();
const worlds = worldSwitcher({ go, act });
const shell = new Shell(worlds.element, notices.element);

let world: string | undefined;
let live: Live;
let pulse: Pulse | undefined;
let polls = 0;
let path = "";
/** The views of this world that were opened. A tab keeps the text that was typed in it. */
let views = new Map<string, View>();

/** Puts a world into the address, and shows it. */
function go(next: string | undefined): void {
  const search = next === undefined ? "" : `?${new URLSearchParams({ world: next })}`;
  history.pushState(null, "", `${location.pathname}${search}${location.hash}`);
  enter();
}

/** Returns the world that the address names. Undefined for the server itself. */
function worldInAddress(): string | undefined {
  return new URLSearchParams(location.search).get("world") ?? undefined;
}

/** Shows the world that the address names. */
function enter(): void {
  live?.stop();
  world = worldInAddress();
  pulse = undefined;
  views = new Map();
  path = "";
  live = new Live(adminOf(world), onPulse, (error) => shell.showProblem(problemOf(error)));
  route();
  void live.refresh();
  void worlds.update(world);
}

function onPulse(next: Pulse): void {
  pulse = next;
  const { clock, faults } = next;
  shell.showState(clock.now, clock.running ?? false, activeFaults(faults).length);
  views.get(path)?.update(next);
  // Other programs may create and end worlds.
  if (++polls % 5 === 0) void worlds.update(world);
}

/** Shows the tab that the address names. */
function route(): void {
  const wanted = location.hash.replace(/^#\//, "");
  const next = wanted in makers ? wanted : "calls";
  if (next === path) return;
  path = next;
  const view = views.get(path) ?? makers[path]?.({ admin: adminOf(world), world, act, say });
  if (view === undefined) return;
  views.set(path, view);
  fill(shell.main, view.element);
  shell.main.scrollTop = 0;
  shell.markTab(path);
  if (pulse !== undefined) view.update(pulse);
}

function say(text: string): void {
  notices.say(text);
}

async function act(work: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await work();
  } catch (error) {
    notices.warn(textOf(error));
    return false;
  }
  if (done !== undefined) say(done);
  await Promise.all([live.refresh(), worlds.update(world)]);
  return true;
}

function problemOf(error: unknown): string {
  if (world !== undefined && error instanceof AdminError)
    return `The world ${world} does not respond: ${error.message}. Choose another one.`;
  return textOf(error);
}

addEventListener("hashchange", route);
addEventListener("popstate", () => {
  if (worldInAddress() !== world) enter();
});
enter();
