import { createConnectTransport } from "@connectrpc/connect-web";
import { setupWorker } from "msw/browser";
import { handlers } from "../../../src/mock/msw/index.js";
import { contract } from "../../contract/suite.js";
import { connectTo } from "../../contract/world.js";
import { type Outcome, run } from "../support/vitest-in-page.js";

declare global {
  interface Window {
    /** Runs the contract suites through MSW's Service Worker. */
    runContract(): Promise<Outcome[]>;
  }
}

const worker = setupWorker();
let servers = 0;

contract({
  name: "MSW in a Service Worker",
  passesOn: true,
  hidesCancel: true,
  async open(server) {
    // A call that one test cancels can reach the worker during the next test. It must not reach that test's server.
    servers += 1;
    const baseUrl = new URL(`api/${servers}`, location.href).href;
    worker.resetHandlers(...handlers(server, baseUrl));
    const transport = createConnectTransport({ baseUrl, useHttpGet: true });
    return connectTo(transport, async () => worker.resetHandlers());
  },
});

window.runContract = async () => {
  await worker.start({ onUnhandledRequest: "bypass", quiet: true });
  const outcomes = await run();
  worker.stop();
  return outcomes;
};
