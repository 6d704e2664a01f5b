import { clone, type DescMessage, isMessage, type MessageShape } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";

/**
 * Returns a copy of a message in which each timestamp is moved by the difference between `now` and the real time. protovalidate checks
 * rules such as `gt_now` by the real time, but a mock server's time is virtual. Returns the message itself if it has no timestamp.
 *
 * A real call takes some time to arrive, so a timestamp equal to `now` is in the past when it is checked. This function assumes
 * one nanosecond.
 *
 * @param now - the server's time in milliseconds since 1970.
 */
export function inRealTime<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
  now: number,
): MessageShape<Desc> {
  const fields = schema.fields.filter((field) => field.message?.typeName === TimestampSchema.typeName);
  if (fields.length === 0) return message;
  const copy = clone(schema, message);
  const view = reflect<DescMessage>(schema, copy);
  const ms = Date.now() - now;
  for (const field of fields) {
    if (field.fieldKind !== "message" || !view.isSet(field)) continue;
    const timestamp = view.get(field).message;
    if (isMessage(timestamp, TimestampSchema)) move(timestamp, ms);
  }
  return copy;
}

/** Moves a timestamp. Its seconds and nanoseconds stay apart, because one number would round the nanoseconds. */
function move(timestamp: Timestamp, ms: number): void {
  const seconds = Math.floor(ms / 1_000);
  const nanos = timestamp.nanos + (ms - seconds * 1_000) * 1e6 - 1;
  const carried = Math.floor(nanos / 1e9);
  timestamp.seconds += BigInt(seconds + carried);
  timestamp.nanos = nanos - carried * 1e9;
}
