import type { CallJson } from "../../../../../../gen/tenantry/mock/v1/admin_pb.js";
import { type Attempts, callerOf, outcomeOf } from "../attempts.js";
import { copyButton, pill } from "../controls.js";
import { h, icon } from "../dom.js";
import { dayOf, secondsOf, spanOf, timeOf, timeOfDay, toneOf } from "../format.js";
import { jsonView } from "../json.js";
import { effectText, scopeText } from "./fault-text.js";

/** Returns the details of one call: its request, and the responses of its attempts side by side. */
export function callDetail(attempts: Attempts, back: () => void): HTMLElement {
  const [first] = attempts;
  const { code = "", wire } = outcomeOf(attempts);
  const name = `${first.api}.${first.method}`;
  return h(
    "article",
    { class: "detail", "aria-label": `Call of ${name}` },
    h(
      "header",
      { class: "detail-head" },
      h(
        "button",
        { type: "button", class: "button button-quiet detail-back", onclick: back },
        icon("back"),
        "All calls",
      ),
      h(
        "h2",
        { class: "detail-title" },
        h("span", { class: "detail-api" }, `${first.api}.`),
        first.method ?? "",
      ),
      pill(wire ?? code, toneOf(code, wire)),
      copyButton("Copy JSON", () => JSON.stringify(attempts.length === 1 ? first : attempts, null, 2)),
    ),
    facts([
      ["Caller", callerOf(attempts) ?? "unknown"],
      ["Account", first.accountId],
      ["Received", `${dayOf(first.at)}, ${timeOfDay(first.at)} UTC`],
      ["Took", attempts.length === 1 ? spanOf(first.duration) : total(attempts)],
    ]),
    attempts.length === 1 ? pair(first) : sideBySide(attempts),
  );
}

function facts(entries: readonly (readonly [string, string | undefined])[]): HTMLElement {
  return h(
    "dl",
    { class: "facts" },
    ...entries.flatMap(([name, value]) =>
      value === undefined ? [] : [h("div", {}, h("dt", {}, name), h("dd", {}, value))],
    ),
  );
}

function pair(call: CallJson): HTMLElement {
  return h(
    "div",
    { class: "pair" },
    h("section", { class: "pane" }, h("h3", {}, "Request"), jsonView(call.request ?? {}, "Request")),
    h("section", { class: "pane" }, h("h3", {}, "Response"), ...outcome(call, "Response")),
  );
}

function sideBySide(attempts: Attempts): HTMLElement {
  const [first] = attempts;
  return h(
    "div",
    { class: "attempts-box" },
    h(
      "section",
      { class: "pane" },
      h("h3", {}, "Request, the same each time"),
      jsonView(first.request ?? {}, "Request"),
    ),
    h(
      "ol",
      { class: "attempts", "aria-label": "Attempts", tabindex: 0 },
      ...attempts.map((call, index) => attempt(call, index, first)),
    ),
  );
}

function attempt(call: CallJson, index: number, first: CallJson): HTMLElement {
  const { code = "", wire, at, duration } = call;
  const later = (timeOf(at) - timeOf(first.at)) / 1_000;
  return h(
    "li",
    { class: "pane" },
    h("h3", {}, `Attempt ${index + 1}`, index > 0 && h("span", {}, `+${spanOf(`${later}s`)}`)),
    h("p", { class: "attempt-time" }, pill(wire ?? code, toneOf(code, wire)), ` ${spanOf(duration)}`),
    ...outcome(call, `Response to attempt ${index + 1}`),
  );
}

/** Returns the faults that hit an attempt, its error and its response. */
function outcome({ code, message, response, wire, faults = [] }: CallJson, label: string): HTMLElement[] {
  const parts: HTMLElement[] = faults.map((fault) =>
    h(
      "p",
      { class: "hit" },
      icon("faults"),
      h("span", {}, h("strong", {}, `Fault: ${effectText(fault)}`), h("span", {}, scopeText(fault))),
    ),
  );
  if (message !== undefined)
    parts.push(h("p", { class: "error-text" }, h("strong", {}, code ?? ""), message));
  if (response !== undefined) parts.push(jsonView(response, label));
  if (response !== undefined && wire !== undefined)
    parts.push(
      h("p", { class: "note" }, "The server sent this response, and the fault broke it on the way."),
    );
  if (parts.length === 0) parts.push(h("p", { class: "note" }, "Still under way."));
  return parts;
}

function total(attempts: Attempts): string {
  const last = outcomeOf(attempts);
  const seconds = (timeOf(last.at) - timeOf(attempts[0].at)) / 1_000 + secondsOf(last.duration);
  return `${spanOf(`${seconds}s`)}, in ${attempts.length} attempts`;
}
