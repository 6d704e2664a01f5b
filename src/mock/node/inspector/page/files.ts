import { h } from "./dom.js";

/** Saves a text as a file of this name. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: url, download: name }).click();
  // The URL is revoked later, because the download must have begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Lets the user choose a file. Resolves to its text, or to undefined if none was chosen. */
export function openFile(): Promise<string | undefined> {
  const chooser = h("input", { type: "file", accept: ".json,application/json" });
  return new Promise((resolve, reject) => {
    chooser.addEventListener("cancel", () => resolve(undefined));
    chooser.addEventListener("change", () => {
      const [file] = chooser.files ?? [];
      if (file === undefined) resolve(undefined);
      else file.text().then(resolve, reject);
    });
    chooser.click();
  });
}
