import { refreshableToken, webStorageStore } from "../../../src/index.js";

declare global {
  interface Window {
    /** A token for a call, refreshed where it has to be. */
    token(): Promise<string>;
    /** How many tabs wait for another's refresh. */
    waiting(): Promise<number>;
  }
}

const source = refreshableToken({
  store: webStorageStore(localStorage, "tokens"),
  async refresh({ refreshToken }) {
    const response = await fetch("/refresh", { method: "POST", body: refreshToken ?? "" });
    return JSON.parse(await response.text());
  },
});

window.token = () => source.token({});

window.waiting = async () => {
  const { pending = [] } = await navigator.locks.query();
  return pending.length;
};
