import { type Child, fill, h, icon } from "./dom.js";

type Look = "plain" | "primary" | "quiet" | "danger";

/** Returns a button that does not send a form. */
export function button(label: string, onclick: () => void, look: Look = "plain"): HTMLButtonElement {
  return h("button", { type: "button", class: `button button-${look}`, onclick }, label);
}

let fields = 0;

/** Returns an input with its label, and a note below it. */
export function field(label: string, input: HTMLElement, note?: string): HTMLElement {
  input.id = `field-${++fields}`;
  if (note !== undefined) input.setAttribute("aria-describedby", `${input.id}-note`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: input.id }, label),
    input,
    note !== undefined && h("p", { class: "note", id: `${input.id}-note` }, note),
  );
}

/** Returns a text input. */
export function input(
  attributes: Readonly<Record<string, string | boolean | number>> = {},
): HTMLInputElement {
  return h("input", {
    class: "input",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    ...attributes,
  });
}

/** Returns a drop-down list. */
export function select(choices: readonly (readonly [value: string, label: string])[]): HTMLSelectElement {
  return h(
    "select",
    { class: "input select" },
    ...choices.map(([value, label]) => h("option", { value }, label)),
  );
}

/** Returns a search input. */
export function searchField(label: string, oninput: (text: string) => void): HTMLElement {
  const box = input({ type: "search", placeholder: label, "aria-label": label });
  box.addEventListener("input", () => oninput(box.value));
  return h("div", { class: "search" }, icon("search"), box);
}

/** Returns a button that copies a text, and shows "Copied" for a moment. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const made = h("button", { type: "button", class: "button button-plain button-small" });
  const show = (done: boolean) => fill(made, icon(done ? "check" : "copy"), done ? "Copied" : label);
  made.addEventListener("click", () => {
    copy(text());
    show(true);
    setTimeout(() => show(false), 1_500);
  });
  show(false);
  return made;
}

/** Copies a text. The clipboard API is missing if the page is not served by this machine, so there is a fallback. */
function copy(text: string): void {
  const fallback = () => {
    const area = h("textarea", { class: "visually-hidden", "aria-hidden": "true" });
    area.value = text;
    const before = document.activeElement;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    if (before instanceof HTMLElement) before.focus();
  };
  if (navigator.clipboard === undefined) fallback();
  else navigator.clipboard.writeText(text).catch(fallback);
}

/** Returns a card with a heading. */
export function card(title: string, detail: string, ...children: Child[]): HTMLElement {
  return h(
    "section",
    { class: "card", "aria-label": title },
    h("h2", { class: "card-title" }, title),
    detail !== "" && h("p", { class: "card-note" }, detail),
    ...children,
  );
}

/** Returns a form that calls `onsubmit` instead of leaving the page. */
export function form(onsubmit: () => void, ...children: Child[]): HTMLFormElement {
  return h(
    "form",
    {
      class: "form",
      novalidate: true,
      onsubmit(event) {
        event.preventDefault();
        onsubmit();
      },
    },
    ...children,
  );
}

/** Returns the button that sends a form. */
export function submit(label: string): HTMLButtonElement {
  return h("button", { type: "submit", class: "button button-primary" }, label);
}

/** Returns the head of a view: its title, a line of detail, and its buttons. */
export function pageHead(title: string, detail: Child, ...actions: Child[]): HTMLElement {
  return h(
    "header",
    { class: "head" },
    h("div", {}, h("h1", {}, title), h("p", { class: "head-note" }, detail)),
    h("div", { class: "actions" }, ...actions),
  );
}

/** Returns a short text, such as a code, in the colour of its tone. */
export function pill(text: string, tone: string): HTMLElement {
  return h("span", { class: `pill pill-${tone}` }, text);
}
