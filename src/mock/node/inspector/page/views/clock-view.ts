import type { Context, Pulse, View } from "../context.js";
import { button, card, columns, field, form, input, page, pill, submit } from "../controls.js";
import { fill, h } from "../dom.js";
import { dayOf, timeOfDay } from "../format.js";

const hour = 3_600;

/** The buttons that advance the clock, and how far, in seconds. */
const steps = [
  ["+1 min", 60],
  ["+1 h", hour],
  ["+25 h", 25 * hour],
  ["+14 d", 14 * 24 * hour],
  ["+31 d", 31 * 24 * hour],
] as const;

/** Returns the server's time, and the buttons that change it. */
export function clockView({ admin, act }: Context): View {
  let running: boolean | undefined;
  const time = h("p", { class: "time" });
  const day = h("p", { class: "time-day" });
  const state = h("span");
  const toggle = button(
    "",
    () => {
      void act(
        () => admin(running ? "FreezeClock" : "RunClock"),
        running ? "The clock stands still" : "The clock runs",
      );
    },
    "primary",
  );
  const advance = (seconds: number, label: string) =>
    void act(() => admin("AdvanceClock", { by: `${seconds}s` }), `The clock moved ${label}`);
  const to = input({ type: "datetime-local", step: 1 });

  return {
    element: page(
      "Clock",
      "Tokens, invites and trials expire by this time",
      [],
      columns(
        card(
          "Now",
          "",
          h(
            "div",
            { class: "now" },
            h("div", {}, time, day),
            h("div", { class: "stack now-state" }, state, toggle),
          ),
          h(
            "div",
            { class: "steps" },
            ...steps.map(([label, seconds]) => button(label, () => advance(seconds, label))),
          ),
        ),
        card(
          "Go to a time",
          "If the time is later than now, timers that are due until then fire. If it is earlier, no timer fires.",
          form(
            () =>
              void act(
                () => admin("SetClock", { to: to.value === "" ? undefined : `${withSeconds(to.value)}Z` }),
                "The clock is set",
              ),
            field("Date and time, in UTC", to),
            submit("Set clock"),
          ),
        ),
      ),
    ),
    update({ clock }: Pulse) {
      fill(time, timeOfDay(clock.now).slice(0, 8));
      fill(day, `${dayOf(clock.now)}, UTC`);
      // Only at first: an incomplete time that was typed has an empty value, too.
      if (to.defaultValue === "" && clock.now !== undefined) to.defaultValue = clock.now.slice(0, 19);
      if (running === (clock.running ?? false)) return;
      running = clock.running ?? false;
      fill(state, pill(running ? "running" : "stands still", running ? "good" : "warning"));
      fill(toggle, running ? "Freeze" : "Run");
    },
  };
}

/** Adds the seconds, which browsers leave out if they are 0. */
function withSeconds(value: string): string {
  return value.length === 16 ? `${value}:00` : value;
}
