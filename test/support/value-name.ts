import type { DescEnum } from "@bufbuild/protobuf";

/**
 * What an enum's value is called in our models: its name without prefix, in lower case. The prefix is what its zero value has
 * before `UNSPECIFIED`, if all values have it. protobuf-es finds none for a name such as `BYOKRateCardTokenType`.
 */
export function valueName({ values }: DescEnum, number: unknown): string | undefined {
  const value = values.find((each) => each.number === number);
  const prefix = values[0]?.name.replace(/UNSPECIFIED$/, "") ?? "";
  const shared = values.every(({ name }) => name.startsWith(prefix));
  return (shared ? value?.name.slice(prefix.length) : value?.localName)?.toLowerCase();
}
