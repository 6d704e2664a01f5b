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
export function input(attributes: Readonly<Record<string, string | boolean | number>>): HTMLInputElement {
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

/** Returns a button that copies a text, and shows for a moment whether it was copied. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const made = h("button", { type: "button", class: "button button-plain button-small" });
  const show = (text: string, name: "check" | "copy" = "copy") => fill(made, icon(name), text);
  made.addEventListener("click", async () => {
    if (await copy(text())) show("Copied", "check");
    else show("Not copied");
    setTimeout(() => show(label), 1_500);
  });
  show(label);
  return made;
}

/**
 * Copies a text. Resolves to false if the browser does not allow it. The clipboard API is missing if the page is not served by this
 * machine, so there is a fallback.
 */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h("textarea", { class: "visually-hidden", "aria-hidden": "true" });
    area.value = text;
    const before = document.activeElement;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    if (before instanceof HTMLElement) before.focus();
    return isCopied;
  }
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

/** Returns a row of buttons. */
export function buttons(...children: Child[]): HTMLElement {
  return h("div", { class: "row-of-buttons" }, ...children);
}

/** Returns the element of a view: its title, a line of detail, its buttons, and its content. */
export function page(
  title: string,
  detail: Child,
  actions: readonly Child[],
  ...content: Child[]
): HTMLElement {
  const head = h("div", {}, h("h1", {}, title), h("p", { class: "head-note" }, detail));
  const header = h("header", { class: "head" }, head, h("div", { class: "actions" }, ...actions));
  return h("div", { class: "view" }, header, ...content);
}

/** Returns cards side by side. */
export function columns(...cards: HTMLElement[]): HTMLElement {
  return h("div", { class: "columns" }, ...cards);
}

/** Returns a short text, such as a code, in the colour of its tone. */
export function pill(text: string, tone: string): HTMLElement {
  return h("span", { class: `pill pill-${tone}` }, text);
}
