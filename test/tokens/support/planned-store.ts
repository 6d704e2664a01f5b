import { memoryStore, type TokenStore } from "tenantry";
import { deferred } from "../../support/promises.js";

/** What an operation of the store does: it waits before or after its effect, fails without one, or fails although it had one. */
type What = "waits before" | "waits after" | "fails" | "loses its response";
type Method = "load" | "save" | "clear";

/** A memory store whose next operations do what is planned. */
export function plannedStore() {
  const inner = memoryStore();
  const plans: { method: Method; what: What | undefined; end: Promise<void> }[] = [];

  async function run<T>(method: Method, work: () => Promise<T>): Promise<T> {
    const index = plans.findIndex((plan) => plan.method === method);
    const [plan] = index < 0 ? [] : plans.splice(index, 1);
    if (plan?.what === "fails") throw new Error("the store is down");
    if (plan?.what === "waits before") await plan.end;
    const result = await work();
    if (plan?.what === "waits after") await plan.end;
    if (plan?.what === "loses its response") throw new Error("the response is lost");
    return result;
  }

  const store: TokenStore = {
    load: () => run("load", () => inner.load()),
    save: (next, expected) => run("save", () => inner.save(next, expected)),
    clear: () => run("clear", () => inner.clear()),
    lock: (critical) => critical(),
  };
  return {
    store,
    /** The store without plans, as another process sees it. */
    inner,
    /** Plans an operation, after those of the same method that are planned already. Returns a function that ends its wait. */
    plan(method: Method, what?: What): () => void {
      const { promise, resolve } = deferred();
      plans.push({ method, what, end: promise });
      return resolve;
    },
  };
}
