import type { DescEnum } from "@bufbuild/protobuf";

/**
 * Returns the name of an enum value in our models: the schema's name without prefix, in lower case. The prefix is the part of
 * the zero value's name before `UNSPECIFIED`, if all values have it. protobuf-es finds none for `BYOKRateCardTokenType`.
 */
export function valueName({ values }: DescEnum, number: unknown): string | undefined {
  const value = values.find((each) => each.number === number);
  const prefix = values[0]?.name.replace(/UNSPECIFIED$/, "") ?? "";
  const shared = values.every(({ name }) => name.startsWith(prefix));
  return (shared ? value?.name.slice(prefix.length) : value?.localName)?.toLowerCase();
}
