import { messageOf } from "../message-of.js";
/** Adds each item of a list of a seed. The text of an error begins with the path to its item. */
export function applyEach<Item>(
  items: readonly Item[] | undefined,
  path: string,
  apply: (item: Item, path: string) => void,
): void {
  items?.forEach((item, index) => {
    const at = `${path}[${index}]`;
    try {
      apply(item, at);
    } catch (error) {
      const message = messageOf(error);
      throw new Error(message.startsWith(at) ? message : `${at}: ${message}`);
    }
  });
}
