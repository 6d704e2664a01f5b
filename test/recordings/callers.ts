import type { MockServer } from "../../src/mock/index.js";
import type { Placeholders } from "../../src/mock/node/verify/placeholders.js";
import type { Json } from "./read-recording.js";

/** What a recording calls the secrets of keys that it makes by calls, by the label of the call. */
const keyNames: Readonly<Record<string, string>> = {
  "the first one": "key",
  "a new value": "key2",
  "an expired one gets a new value": "key3",
  "a key of grace's": "graces",
};

/** The tokens of a replay: the personas', those that are good for nothing, and the keys that are made on the way. */
export class Callers {
  readonly #server: MockServer;
  readonly #placeholders: Placeholders;
  readonly #tokens = new Map<string, string>();

  constructor(server: MockServer, placeholders: Placeholders) {
    this.#server = server;
    this.#placeholders = placeholders;
    this.#tokens.set("garbage", "garbage");
    this.#tokens.set("jwtish", "aaaa.bbbb.cccc");
    this.#tokens.set("worker", server.vydon.workerKey().token);
    this.#tokens.set("unknownWorker", "neo_wt_v1_7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10");
    this.#tokens.set("unknownKey", "neo_at_v1_7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10");
    this.#tokens.set("expired", signIn(server, "ada", "1s"));
    server.clock.advance("1h");
  }

  /** The token that a line of a recording names: a persona's, or a key's. */
  token(as: string): string {
    const known = this.#tokens.get(as) ?? this.#placeholders.get(as);
    if (known !== undefined) return known;
    const token = as.startsWith("<") ? this.#lastKey(as) : signIn(this.#server, as, "365d");
    this.#tokens.set(as, token);
    return token;
  }

  /** A key was made. Until the next one it goes by "key", and by the placeholder that first names it. */
  addKey(token: string): void {
    this.#tokens.set("key", token);
  }

  /** Keeps the secret of a key that a call has made, if the recording uses it later. */
  keepKey(label: string, response: Json): void {
    const name = keyNames[label];
    const [, secret] = /"keyValue":"([^"]+)"/.exec(JSON.stringify(response) ?? "") ?? [];
    if (name !== undefined && secret !== undefined) this.#tokens.set(name, secret);
  }

  #lastKey(placeholder: string): string {
    const token = this.token("key");
    this.#placeholders.bind(placeholder, token);
    return token;
  }
}

/** Somebody who can sign in, but has yet to register. */
function signIn(server: MockServer, name: string, expiresIn: string): string {
  return server.vydon.signIn({ email: `${name}@example.com`, registered: false, expiresIn }).token;
}
