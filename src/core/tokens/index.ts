/** The public names of this folder, for the entries of the package. */
export type { Auth, TokenSource } from "./auth.js";
export type { Refresh, RefreshableTokenOptions, RefreshRequest } from "./refresh-options.js";
export { type RefreshableToken, refreshableToken } from "./refreshable-token.js";
export { memoryStore } from "./stores/memory-store.js";
export { type SimpleStoreOptions, simpleStore } from "./stores/simple-store.js";
export type { TokenLock } from "./stores/token-lock.js";
export type { Stored, TokenStore } from "./stores/token-store.js";
export { webStorageStore } from "./stores/web-storage-store.js";
export type { StoredTokens, Tokens } from "./tokens.js";
