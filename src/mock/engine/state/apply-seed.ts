/** Adds each part of a seed, and puts the path to a part before what goes wrong with it. */
export function plantEach<Item>(
  items: readonly Item[] | undefined,
  path: string,
  plantItem: (item: Item, path: string) => void,
): void {
  items?.forEach((item, index) => {
    const at = `${path}[${index}]`;
    try {
      plantItem(item, at);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(message.startsWith(at) ? message : `${at}: ${message}`);
    }
  });
}
