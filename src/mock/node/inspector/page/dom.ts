type Value = string | number | boolean | undefined | ((event: Event) => void);

/** The possible content of an element. */
export type Child = Node | string | undefined | false;

/**
 * Creates an element. Strings become text nodes, never HTML. Functions such as `onclick` become listeners; `true` sets an attribute without
 * a value. For `false` and undefined, the attribute is not set.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...present(children));
  return element;
}

/** Replaces the content of an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...present(children));
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child): child is Node | string => child !== undefined && child !== false);
}

const paths = {
  calls: "M3.5 6h9M3.5 10h13M3.5 14h7M14.5 3.5 17 6l-2.5 2.5",
  tables: "M3 4.5h14v11H3zM3 8.5h14M8 8.5v7",
  faults: "M11.2 2.5 4.5 11.2h4.6l-.6 6.3 7-9h-4.7z",
  clock: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 6v4.2l2.8 1.8",
  signIn: "M12.5 3.5H16v13h-3.5M3.5 10h8.5M9 6.8l3.2 3.2L9 13.2",
  state:
    "M3.5 5.5c0-1.4 2.9-2.5 6.5-2.5s6.5 1.1 6.5 2.5v9c0 1.4-2.9 2.5-6.5 2.5s-6.5-1.1-6.5-2.5zM3.5 5.5C3.5 6.9 6.4 8 10 8s6.5-1.1 6.5-2.5M3.5 10c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5",
  search: "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4",
  back: "m12 5-5 5 5 5",
  copy: "M7 7h9.5v9.5H7zM4.5 12.5h-1v-9h9v1",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
} as const;

/** The name of an icon. */
export type IconName = keyof typeof paths;

/** Returns an icon beside a text. Screen readers skip it. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI ?? "", "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

/** Returns a placeholder for an empty list. */
export function empty(title: string, detail: string): HTMLElement {
  return h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), h("p", {}, detail));
}
