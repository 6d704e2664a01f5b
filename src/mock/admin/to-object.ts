import { type DescMessage, type JsonObject, type Message, toJson } from "@bufbuild/protobuf";
import { messageOf } from "../engine/message-of.js";

/**
 * Returns a message as JSON, which is always an object for the messages of RPCs. A binary message may contain what JSON cannot, such as a
 * timestamp after the year 9999. If so, the object contains only the reason.
 */
export function toObject(schema: DescMessage, message: Message): JsonObject {
  try {
    const json = toJson(schema, message);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
  } catch (error) {
    return { "not shown": messageOf(error) };
  }
}
