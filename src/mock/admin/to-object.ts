import { type DescMessage, type JsonObject, type Message, toJson } from "@bufbuild/protobuf";

/** A message as JSON. Those of RPCs are always objects. */
export function toObject(schema: DescMessage, message: Message): JsonObject {
  const json = toJson(schema, message);
  return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
}
