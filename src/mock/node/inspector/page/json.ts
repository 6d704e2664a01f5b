import { h } from "./dom.js";

/** Shows JSON with colours. Strings become text nodes, never HTML. */
export function jsonView(value: unknown, label: string): HTMLElement {
  return h("pre", { class: "json", tabindex: 0, role: "region", "aria-label": label }, ...parts(value, ""));
}

function parts(value: unknown, indent: string): (Node | string)[] {
  if (typeof value !== "object" || value === null) return [leaf(value)];
  const isList = Array.isArray(value);
  const [opening, closing] = isList ? ["[", "]"] : ["{", "}"];
  const entries = Object.entries(value);
  if (entries.length === 0) return [opening + closing];
  const inner = `${indent}  `;
  const lines = entries.flatMap(([key, each], index) => [
    `\n${inner}`,
    ...(isList ? [] : [h("span", { class: "json-key" }, JSON.stringify(key)), ": "]),
    ...parts(each, inner),
    index < entries.length - 1 ? "," : "",
  ]);
  return [opening, ...lines, `\n${indent}${closing}`];
}

function leaf(value: unknown): HTMLElement {
  const kind = typeof value === "string" ? "text" : "value";
  return h("span", { class: `json-${kind}` }, JSON.stringify(value) ?? "");
}
