const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const letters = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * Creates all ids and tokens of a mock server. It is a random generator with a seed, so the same calls create the same ids on every run
 * and platform. Use it for tests only, not for secrets.
 */
export class Ids {
  #state: number;
  /**
   * The hash of the world's name. It is not part of the state, so the same state creates different tokens in two
   * worlds.
   */
  #salt: number;

  /** The same seed and the same name of a world create the same ids. */
  constructor(seed: number, world = "") {
    this.#state = seed >>> 0;
    this.#salt = world === "" ? 0 : hash(world);
  }

  /** The generator's whole state. Setting it continues from there. */
  get state(): number {
    return this.#state;
  }

  set state(state: number) {
    this.#state = state >>> 0;
  }

  /** Returns an independent generator that creates the same further ids. */
  fork(): Ids {
    const copy = new Ids(this.#state);
    copy.#salt = this.#salt;
    return copy;
  }

  /** Returns a number from 0 up to, not including, 1. */
  random(): number {
    return this.#next() / 2 ** 32;
  }

  /** Returns a UUID, version 4. */
  uuid(): string {
    const a = this.#next();
    const b = this.#next();
    const c = this.#next();
    const d = this.#next();
    return `${bytes(a)}-${byte(b, 24)}${byte(b, 16)}-${hex[((b >>> 8) & 0x0f) | 0x40]}${byte(b, 0)}-${hex[((c >>> 24) & 0x3f) | 0x80]}${byte(c, 16)}-${byte(c, 8)}${byte(c, 0)}${bytes(d)}`;
  }

  /** Returns a ULID whose time is `now`, milliseconds since 1970. A ULID has no time before 1970. */
  ulid(now: number): string {
    let time = "";
    let rest = Math.max(0, Math.floor(now));
    while (time.length < 10) {
      time = crockford[rest % 32] + time;
      rest = Math.floor(rest / 32);
    }
    return time + this.#text(crockford, 16);
  }

  /**
   * Returns lower-case letters and digits. With a `holder`, such as an email, two holders never get the same token: a reset restarts
   * the generator, and an old token must not belong to another person afterwards.
   */
  token(length: number, holder = ""): string {
    const text = this.#text(letters, length);
    if (holder === "") return text;
    const shifts = new Ids(hash(holder));
    const shifted = (letter: string) =>
      letters[(letters.indexOf(letter) + Math.floor(shifts.random() * letters.length)) % letters.length];
    return Array.from(text, shifted).join("");
  }

  #text(alphabet: string, length: number): string {
    let text = "";
    for (let index = 0; index < length; index++)
      text += alphabet[Math.floor(this.random() * alphabet.length)];
    return text;
  }

  /** Returns the next number of SplitMix32. The state of this generator is one 32-bit number. */
  #next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state ^ this.#salt;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }
}

/** Returns the FNV-1a hash, 32 bits. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum;
}

function byte(word: number, shift: number): string {
  return hex[(word >>> shift) & 0xff] ?? "";
}

function bytes(word: number): string {
  return byte(word, 24) + byte(word, 16) + byte(word, 8) + byte(word, 0);
}
