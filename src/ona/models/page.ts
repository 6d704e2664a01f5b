import type { CountResponseRelationJson } from "../../../gen/gitpod/v1/pagination_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, list, optionalObject, string } from "../../core/json/fields.js";
import { int32 } from "../../core/json/numbers.js";
import type { FetchedPage } from "../../core/lists/page.js";

/**
 * Returns a reader for a page of a list. Its items are in `field`. `total` reads the total number of items, if the API
 * returns it. @internal
 */
export function inPage<T>(
  field: string,
  read: (item: Json) => T,
  total?: (json: Json) => number | undefined,
): (json: Json) => FetchedPage<T> {
  return (json) => ({
    items: list(json, field, read),
    nextToken: optionalObject(json, "pagination", (pagination) => string(pagination, "nextToken")) ?? "",
    total: total?.(json),
  });
}

const relations = enumNames<"COUNT_RESPONSE_RELATION_", CountResponseRelationJson>(
  "COUNT_RESPONSE_RELATION_",
  {
    eq: 1,
    gte: 2,
  },
);

/**
 * Reads the total number of a list's items. Undefined if the server did not count them, or stopped counting. @internal
 */
export function toTotal(json: Json): number | undefined {
  return optionalObject(json, "count", (count) =>
    relations.read(count, "relation") === "eq" ? int32(count, "value") : undefined,
  );
}
