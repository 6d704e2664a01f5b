import { fill, h, type IconName, icon } from "./dom.js";
import { timeOfDay } from "./format.js";

/** The tabs: the part of the address after `#/`, the icon and the label. */
const tabs: readonly (readonly [path: string, icon: IconName, label: string])[] = [
  ["calls", "calls", "Calls"],
  ["tables", "tables", "Tables"],
  ["faults", "faults", "Faults"],
  ["clock", "clock", "Clock"],
  ["sign-in", "signIn", "Sign in"],
  ["state", "state", "State"],
];

/** The frame around the views. */
export class Shell {
  readonly main = h("main", { id: "main", tabindex: -1 });
  readonly #links = new Map<string, HTMLElement>();
  readonly #badge = h("span", { class: "badge", hidden: true });
  readonly #time = h("span", { class: "chip-time" });
  readonly #state = h("span", { class: "chip-state" });
  readonly #problem = h("p", { class: "lost", role: "alert", hidden: true });

  /** Puts the frame on the page. */
  constructor(worlds: HTMLElement, notices: HTMLElement) {
    const nav = h("nav", { class: "tabs", "aria-label": "Inspector" });
    for (const [path, name, label] of tabs) {
      const link = h(
        "a",
        { href: `#/${path}`, class: "tab" },
        icon(name),
        label,
        path === "faults" && this.#badge,
      );
      this.#links.set(path, link);
      nav.append(link);
    }
    const skip = h(
      "a",
      {
        href: "#main",
        class: "skip-link",
        onclick: (event) => {
          event.preventDefault();
          this.main.focus();
        },
      },
      "Skip to the content",
    );
    const rail = h(
      "header",
      { class: "rail" },
      h("p", { class: "brand" }, logo(), h("span", {}, "tenantry", h("small", {}, "mock inspector"))),
      worlds,
      nav,
      h(
        "a",
        { href: "#/clock", class: "chip" },
        h("span", { class: "visually-hidden" }, "Server time"),
        this.#time,
        this.#state,
      ),
    );
    fill(document.body, skip, rail, h("div", { class: "content" }, this.#problem, this.main), notices);
  }

  /** Marks a tab as the open one. */
  markTab(path: string): void {
    for (const [each, link] of this.#links) {
      if (each === path) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      if (each === path) link.scrollIntoView({ block: "nearest", inline: "center" });
    }
    const label = tabs.find(([each]) => each === path)?.[2] ?? "";
    document.title = `${label} · tenantry mock`;
  }

  /** Shows the server's time, and how many faults are active. Hides the problem. */
  showState(now: string | undefined, isRunning: boolean, faults: number): void {
    const [day = ""] = (now ?? "").split("T");
    fill(this.#time, `${day} ${timeOfDay(now).slice(0, 8)}`);
    fill(this.#state, isRunning ? "running" : "stands still");
    this.#state.classList.toggle("chip-running", isRunning);
    this.#badge.hidden = faults === 0;
    fill(this.#badge, String(faults), h("span", { class: "visually-hidden" }, " active"));
    this.#problem.hidden = true;
  }

  /** Shows why the server's state could not be read. */
  showProblem(text: string): void {
    if (this.#problem.textContent !== text) fill(this.#problem, text);
    this.#problem.hidden = false;
  }
}

function logo(): SVGElement {
  const made = icon("check");
  made.setAttribute("class", "logo");
  made.setAttribute("viewBox", "0 0 28 28");
  const square = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width: "28", height: "28", rx: "8" }))
    square.setAttribute(name, value);
  made.prepend(square);
  made.querySelector("path")?.setAttribute("d", "M8 10h12M14 10v10");
  return made;
}
