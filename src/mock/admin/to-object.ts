import { type DescMessage, type JsonObject, type Message, toJson } from "@bufbuild/protobuf";

/** Returns a message as JSON, which is always an object for the messages of RPCs. */
export function toObject(schema: DescMessage, message: Message): JsonObject {
  const json = toJson(schema, message);
  return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
}
