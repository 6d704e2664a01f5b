import { type Answer, bytesOf, type Exchange, fieldsOf } from "./exchange.js";

/** The parts of a response. `text` is the message of an error; `body` is everything else in the body. */
export type Part = "status" | "headers" | "trailers" | "body" | "text";

/** A part of a response that differs from the recording. */
export interface Difference {
  readonly part: Part;
  readonly recorded: unknown;
  readonly ours: unknown;
}

/**
 * Compares a response with its recording, except for values that depend on the run or on a Go build: the date, ids, the order of
 * lists, spaces in JSON, and the length of JSON and of compressed bodies. The mock's content-length must match its body.
 */
export function compare(recording: Exchange, answer: Answer): Difference[] {
  const headers = fieldsOf(recording.headers);
  const recordedBody = bytesOf(recording.body);
  const recorded = { ...recording, headers, trailers: fieldsOf(recording.trailers), body: recordedBody };
  const [theirs, ours] = [partsOf(recorded), partsOf(answer)];
  const length = answer.headers["content-length"];
  if (length !== undefined && Number(length) !== answer.sentBytes) {
    throw new Error(`content-length is ${length}, but the body has ${answer.sentBytes} bytes`);
  }
  return parts.flatMap((part) => {
    const [recorded, our] = [theirs[part], ours[part]];
    return JSON.stringify(recorded) === JSON.stringify(our) ? [] : [{ part, recorded, ours: our }];
  });
}

const parts: readonly Part[] = ["status", "headers", "trailers", "body", "text"];

function partsOf({ status, headers, trailers, body }: Omit<Answer, "sentBytes">): Record<Part, unknown> {
  const anyLength = headers["content-type"]?.includes("json") || headers["content-encoding"] === "gzip";
  const { length, text, ...rest } = bodyOf(body);
  const comparable = { ...headers };
  if (comparable["date"] !== undefined) comparable["date"] = "<date>";
  if (anyLength && comparable["content-length"] !== undefined && length > 0) {
    comparable["content-length"] = "<length>";
  }
  return { status, headers: sorted(comparable), trailers: sorted(trailers), body: rest.body, text };
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function bodyOf(bytes: Buffer): { length: number; body: unknown; text: string | undefined } {
  const length = bytes.byteLength;
  try {
    const { message, ...body } = JSON.parse(bytes.toString().replace(uuid, "<uuid>"));
    const isText = typeof message === "string";
    // Go writes a no-break space in some builds and a space in others.
    return {
      length,
      body: withSortedLists(body),
      text: isText ? message.replaceAll("\u00a0", " ") : undefined,
    };
  } catch {
    // Not JSON. latin1 maps each byte to a different character.
    const body = bytes.toString("latin1").replaceAll("<uuid>", "0".repeat(36));
    return { length, body: body.replace(uuid, "0".repeat(36)), text: undefined };
  }
}

function withSortedLists(value: object): object {
  const fields = Object.entries(value).map(([name, field]) => [
    name,
    Array.isArray(field) ? field.map((item) => canonical(item)).sort() : field,
  ]);
  return Object.fromEntries(fields);
}

/** Writes JSON with the members of each object sorted by name. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(sorted(item))
      : item,
  );
}

function sorted(fields: object): [string, unknown][] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}
