/**
 * Sets what `console.log` shows for an object, in Node, Bun and Deno. Consoles of browsers show the object's fields.
 *
 * A method of the class would do the same, but its computed name would keep an unused class in every bundle.
 */
export function showAs(object: object, text: () => string): void {
  Object.defineProperty(object, Symbol.for("nodejs.util.inspect.custom"), { value: text });
}
