import { refreshableToken, type Tokens, webStorageStore } from "../../../src/core/tokens/index.js";

declare global {
  interface Window {
    /** A token for a call, refreshed if it has to be. `rejected` is one that the server has refused. */
    token(rejected?: string): Promise<string>;
    /** Signs in. */
    signIn(tokens: Tokens): Promise<void>;
  }
}

const source = refreshableToken({
  store: webStorageStore(localStorage, "tokens"),
  async refresh({ refreshToken }) {
    const response = await fetch("/refresh", { method: "POST", body: refreshToken ?? "" });
    return JSON.parse(await response.text());
  },
});

window.token = (rejected) => source.token({ rejected });
window.signIn = (tokens) => source.accept(tokens);
