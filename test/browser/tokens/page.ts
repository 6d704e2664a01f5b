import { refreshableToken, type Tokens, webStorageStore } from "../../../src/core/tokens/index.js";

declare global {
  interface Window {
    /** Returns a token for a call, refreshed if necessary. `rejected` is a token that the server has rejected. */
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
