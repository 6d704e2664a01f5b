import { fill, h } from "./dom.js";

/** How long a text is shown, in milliseconds. */
const shownMs = 5_000;

/** Short texts in a corner of the page. Screen readers read them out. An error stays until the next text comes or the user closes it. */
export class Notices {
  readonly element = h("div", { class: "notices" });
  readonly #polite = h("div", { role: "status" });
  readonly #urgent = h("div", { role: "alert" });
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.append(this.#polite, this.#urgent);
  }

  /** Shows a text for some seconds. */
  say(text: string): void {
    this.#clear();
    fill(this.#polite, h("p", { class: "toast" }, text));
    this.#timer = setTimeout(() => this.#clear(), shownMs);
  }

  /** Shows an error. */
  warn(text: string): void {
    this.#clear();
    const close = h(
      "button",
      { type: "button", class: "button button-quiet button-small", onclick: () => this.#clear() },
      "Close",
    );
    fill(this.#urgent, h("div", { class: "toast toast-error" }, h("p", {}, text), close));
  }

  #clear(): void {
    clearTimeout(this.#timer);
    fill(this.#polite);
    fill(this.#urgent);
  }
}
