/**
 * Reads the few protobuf messages that errors contain. The Connect protocol sends error details as protobuf bytes, even
 * in JSON. The protobuf runtime would double the size of a client.
 */

/**
 * The fields of a message, by number. A field with only a name is a string or a whole number. A nested message has a
 * schema of its own. The entries of a map are messages with the fields `key` and `value`. Fields without a name are
 * skipped.
 */
export interface Schema {
  readonly [field: number]: string | readonly [name: string, schema: Schema, many?: "list" | "map"];
}

/** A message as a plain object. Missing fields, and empty lists, are left out. */
export type Decoded = Record<string, unknown>;

/**
 * Reads a message.
 *
 * @throws RangeError if the bytes end too early, or contain a number of fixed size. These messages have no such number.
 */
export function decode(bytes: Uint8Array, schema: Schema): Decoded {
  const message: Decoded = {};
  let at = 0;

  /** Reads a varint as a signed 64-bit number. A negative one has ten bytes. */
  function varint(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, value));
    }
    throw new RangeError("the message is cut");
  }

  while (at < bytes.length) {
    const tag = varint();
    const field = schema[tag >>> 3] ?? "";
    const number = varint();
    if ((tag & 7) === 0) {
      if (typeof field === "string") message[field] = number;
      continue;
    }
    const part = bytes.subarray(at, at + number);
    at += number;
    if ((tag & 7) !== 2 || part.length !== number) throw new RangeError("the message is cut");
    if (typeof field === "string") {
      message[field] = new TextDecoder().decode(part);
      continue;
    }
    const [name, inner, many] = field;
    const value = decode(part, inner);
    const before = message[name];
    if (many === "map")
      message[name] = Object.assign(before ?? {}, { [String(value["key"])]: value["value"] });
    else if (Array.isArray(before)) before.push(value);
    else message[name] = many ? [value] : value;
  }
  // Skipped fields are stored under this name.
  delete message[""];
  return message;
}
