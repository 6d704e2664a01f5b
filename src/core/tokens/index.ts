/** What the entries of the package export of this folder. */
export type { Auth, TokenSource } from "./auth.js";
export { memoryStore } from "./memory-store.js";
export type { RefreshableTokenOptions } from "./refresh-options.js";
export { type RefreshableToken, refreshableToken } from "./refreshable-token.js";
export type { Refresh, RefreshRequest } from "./send-refresh.js";
export { type SimpleStoreOptions, simpleStore } from "./simple-store.js";
export type { TokenLock } from "./token-lock.js";
export type { Stored, TokenStore } from "./token-store.js";
export type { StoredTokens, Tokens } from "./tokens.js";
export { webStorageStore } from "./web-storage-store.js";
