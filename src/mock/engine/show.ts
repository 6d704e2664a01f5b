/** Returns a value for an error's text: as JSON if possible, and cut if it is long. */
export function show(value: unknown): string {
  const shown = toText(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}

function toText(value: unknown): string {
  // JSON has null for NaN and Infinity.
  if (typeof value === "number") return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A bigint, or an object that contains one or itself, or is nested too deeply.
    return typeof value === "bigint" ? String(value) : Object.prototype.toString.call(value);
  }
}
