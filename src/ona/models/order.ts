import type { SortOrderJson } from "../../../gen/gitpod/v1/pagination_pb.js";
import { fieldsOf, flag } from "../../core/checks/arguments.js";

/** The order of a list. */
export interface OnaOrder<Field> {
  /** The field to sort by. */
  readonly field: Field;
  /** Whether the greatest value comes first: the largest, the latest, or the last in the alphabet. Default false. */
  readonly descending?: boolean | undefined;
}

/** @internal */
export function fromOrder<Field, Wire>(
  sort: OnaOrder<Field>,
  toWire: (field: Field, argument: string) => Wire,
): { field: Wire; order: SortOrderJson } {
  const { field, descending = false } = fieldsOf(sort, "sort");
  return {
    field: toWire(field, "sort.field"),
    order: flag(descending, "sort.descending") ? "SORT_ORDER_DESC" : "SORT_ORDER_ASC",
  };
}
