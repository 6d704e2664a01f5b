import { clone, type DescMessage, isMessage, type MessageShape } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";

/**
 * A copy of a message whose timestamps are as far from the real time as the message's are from `now`. protovalidate judges rules such as
 * `gt_now` by the real time, and a mock server's time is virtual. The message itself if it has no timestamp.
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
  for (const field of fields) {
    if (field.fieldKind !== "message" || !view.isSet(field)) continue;
    const timestamp = view.get(field).message;
    if (!isMessage(timestamp, TimestampSchema)) continue;
    const nanos = timestamp.nanos + (Date.now() - now) * 1e6;
    timestamp.seconds += BigInt(Math.floor(nanos / 1e9));
    timestamp.nanos = ((nanos % 1e9) + 1e9) % 1e9;
  }
  return copy;
}
