import { simpleStore } from "tenantry";

/** A `simpleStore` over a variable, which a check may overwrite. */
export function plainStore() {
  let content: unknown;
  const store = simpleStore({
    load: () => content,
    save: (stored) => {
      content = stored;
    },
  });
  return {
    store,
    corrupt: (text: string) => {
      content = text;
    },
  };
}
