import { type Attempts, callerOf, outcomeOf } from "../attempts.js";
import { pill } from "../controls.js";
import { h, icon } from "../dom.js";
import { timeOfDay, toneOf } from "../format.js";

/** A list of calls. The arrow keys choose one. */
export class CallList {
  readonly element: HTMLElement;
  readonly #choose: (key: number | undefined) => void;
  #keys: number[] = [];
  #active: number | undefined;

  /** `choose` gets the key of a call, or undefined to follow the newest call. */
  constructor(choose: (key: number | undefined, isFinal: boolean) => void) {
    this.#choose = (key) => choose(key, false);
    this.element = h("div", {
      class: "call-list",
      role: "listbox",
      tabindex: 0,
      "aria-label": "Calls, newest first",
      onkeydown: (event) => {
        if (!(event instanceof KeyboardEvent)) return;
        if (event.key !== "Enter" && !this.#move(event.key)) return;
        // Without this, Enter would also press the button that gets the focus.
        event.preventDefault();
        if (event.key === "Enter") choose(this.#active, true);
      },
      onclick: ({ target }) => {
        const row = target instanceof Element ? target.closest("[data-key]") : null;
        if (row instanceof HTMLElement) choose(Number(row.dataset["key"]), true);
      },
    });
  }

  /** Shows these calls, newest first. `active` is the key of the chosen one. */
  show(calls: readonly Attempts[], active: number | undefined): void {
    this.#keys = calls.map(keyOf);
    const { scrollTop } = this.element;
    this.element.replaceChildren(...calls.map(row));
    // The scroll position stays, so that new calls do not move older ones away.
    this.element.scrollTop = scrollTop;
    this.mark(active);
  }

  /** Marks a call as the chosen one. */
  mark(active: number | undefined): void {
    this.#active = active;
    for (const each of this.element.children) each.setAttribute("aria-selected", "false");
    const chosen = this.element.querySelector(`[data-key="${active}"]`);
    chosen?.setAttribute("aria-selected", "true");
    if (chosen === null) this.element.removeAttribute("aria-activedescendant");
    else this.element.setAttribute("aria-activedescendant", `call-${active}`);
  }

  #move(key: string): boolean {
    const last = this.#keys.length - 1;
    const at = this.#active === undefined ? -1 : this.#keys.indexOf(this.#active);
    const targets: Record<string, number> = {
      ArrowDown: Math.min(last, at + 1),
      ArrowUp: Math.max(0, at - 1),
      PageDown: Math.min(last, at + 10),
      PageUp: Math.max(0, at - 10),
      Home: 0,
      End: last,
    };
    const target = targets[key];
    if (key === "Escape") this.#choose(undefined);
    if (target === undefined) return key === "Escape";
    this.#choose(this.#keys[target]);
    this.element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    return true;
  }
}

/** Returns the key of a call: the number of its first attempt. */
export function keyOf([first]: Attempts): number {
  return first.number ?? 0;
}

function row(attempts: Attempts): HTMLElement {
  const [first] = attempts;
  const { code = "", wire } = outcomeOf(attempts);
  const key = keyOf(attempts);
  const isHit = attempts.some(({ faults = [] }) => faults.length > 0);
  return h(
    "div",
    { class: "call", role: "option", id: `call-${key}`, "data-key": key },
    h(
      "span",
      { class: "call-line" },
      h("span", { class: "call-name" }, first.method ?? ""),
      h("span", { class: "call-time" }, timeOfDay(first.at)),
    ),
    h(
      "span",
      { class: "call-line" },
      h("span", { class: "call-who" }, `${first.api} · ${callerOf(attempts) ?? "unknown caller"}`),
      isHit && faultMark(),
      attempts.length > 1 &&
        h("span", { class: "call-times", title: `${attempts.length} attempts` }, `×${attempts.length}`),
      pill(wire ?? code, toneOf(code, wire)),
    ),
  );
}

function faultMark(): HTMLElement {
  const text = h("span", { class: "visually-hidden" }, "hit by a fault");
  return h("span", { class: "call-fault", title: "A fault hit it" }, icon("faults"), text);
}
