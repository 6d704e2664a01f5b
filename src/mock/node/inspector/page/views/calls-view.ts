import { type Attempts, groupAttempts, outcomeOf, who } from "../attempts.js";
import type { Context, Pulse, View } from "../context.js";
import { button, page, searchField, select } from "../controls.js";
import { empty, fill, h } from "../dom.js";
import { count } from "../format.js";
import { shownCalls } from "../live.js";
import { callDetail } from "./call-detail.js";
import { CallList, keyOf } from "./call-list.js";

/** Returns the log of calls, and the details of one call. */
export function callsView({ admin, act }: Context): View {
  let search = "";
  let outcome = "all";
  let chosen: number | undefined;
  let all: Attempts[] = [];
  let drawnList = "";
  let drawnDetail = "";

  const list = new CallList((key, isFinal) => {
    chosen = key;
    draw();
    if (isFinal) open(key !== undefined);
  });
  const detail = h("div", { class: "card split-detail" });
  const listCard = h("div", { class: "card split-list" });
  const nothing = h("div");
  const split = h("div", { class: "split" }, listCard, detail);
  const outcomes = select([
    ["all", "All outcomes"],
    ["failed", "Failed"],
    ["fault", "Hit by a fault"],
    ["retried", "Several attempts"],
  ]);
  outcomes.setAttribute("aria-label", "Outcome");
  outcomes.addEventListener("change", () => {
    outcome = outcomes.value;
    draw();
  });
  const filters = h(
    "div",
    { class: "filters" },
    searchField("Search calls", (text) => {
      search = text.toLowerCase();
      draw();
    }),
    outcomes,
  );
  listCard.append(filters, list.element, nothing);
  const note = h("span");

  /** Shows the details instead of the list, on a small screen, which has no space for both. */
  function open(isOpen: boolean): void {
    split.toggleAttribute("data-open", isOpen);
    if (isOpen && getComputedStyle(listCard).display === "none")
      detail.querySelector<HTMLElement>(".detail-back")?.focus();
  }

  function back(): void {
    open(false);
    list.element.focus();
  }

  function draw(): void {
    const shown = all.filter((each) => isShown(each, search, outcome)).reverse();
    const current = shown.find((each) => keyOf(each) === chosen) ?? shown[0];
    const active = current === undefined ? undefined : keyOf(current);
    const listText = JSON.stringify(shown);
    if (listText !== drawnList) list.show(shown, active);
    else list.mark(active);
    drawnList = listText;
    list.element.hidden = shown.length === 0;
    fill(nothing, shown.length === 0 && whyEmpty(all.length));
    const detailText = JSON.stringify(current);
    if (detailText !== drawnDetail)
      fill(
        detail,
        current === undefined
          ? empty("No call to show", "A call's request and response appear here.")
          : callDetail(current, back),
      );
    drawnDetail = detailText;
  }

  const clear = button("Clear", () => void act(() => admin("ClearCalls"), "The log is empty now"));
  const element = page("Calls", note, [clear], split);
  element.classList.add("view-calls");
  draw();
  return {
    element,
    update({ calls }: Pulse) {
      all = groupAttempts(calls);
      const last =
        calls.length === shownCalls ? `The last ${count(calls.length, "call")}` : count(calls.length, "call");
      fill(note, `${last}, live`);
      draw();
    },
  };
}

function whyEmpty(number: number): HTMLElement {
  return number === 0
    ? empty("No calls yet", "Point a client at this server, and its calls appear here.")
    : empty("No call matches", "Change the search or the outcome.");
}

function isShown(attempts: Attempts, search: string, outcome: string): boolean {
  const { code, wire } = outcomeOf(attempts);
  const checks: Record<string, boolean> = {
    failed: (code !== "ok" && code !== "pending") || wire !== undefined,
    fault: attempts.some(({ faults = [] }) => faults.length > 0),
    retried: attempts.length > 1,
  };
  if (!(checks[outcome] ?? true)) return false;
  return attempts.some((call) => {
    const { api, method, message, accountId } = call;
    return [`${api}.${method}`, who(call), call.code, call.wire, message, accountId].some((text) =>
      text?.toLowerCase().includes(search),
    );
  });
}
