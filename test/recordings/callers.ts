import type { MockServer } from "tenantry/mock";
import type { Placeholders } from "../../src/mock/node/verify/placeholders.js";
import type { Json } from "./read-recording.js";

/** The recording's names for the values of API keys, by the label of the call that creates the key. */
const keyNames: Readonly<Record<string, string>> = {
  "the first one": "key",
  "a new value": "key2",
  "an expired one gets a new value": "key3",
  "a key of grace's": "graces",
};

/** The tokens of a replay: the people's tokens, invalid tokens, and the API keys that the replay creates. */
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

  /** Returns the token that a line of a recording names: a person's or an API key. */
  token(as: string): string {
    const known = this.#tokens.get(as) ?? this.#placeholders.get(as);
    if (known !== undefined) return known;
    const token = as.startsWith("<") ? this.#lastKey(as) : signIn(this.#server, as, "365d");
    this.#tokens.set(as, token);
    return token;
  }

  /** Sets the token with the name "key". A placeholder that appears for the first time gets this token, too. */
  addKey(token: string): void {
    this.#tokens.set("key", token);
  }

  /** Stores the value of an API key that a call has created, if the recording uses it later. */
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

/** Signs in a person who has not registered. Returns the token. */
function signIn(server: MockServer, name: string, expiresIn: string): string {
  return server.vydon.signIn({ email: `${name}@example.com`, registered: false, expiresIn }).token;
}
