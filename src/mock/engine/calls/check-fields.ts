import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { wrong } from "../check-json.js";
import { didYouMean } from "../did-you-mean.js";
import { isMatcher, isObject } from "./match.js";

/**
 * Checks the fields that a test expects of a message. No message has a field with a wrong name, so `not.toHaveBeenCalled()` would always
 * pass.
 *
 * @param types - the types that the message can have: the requests of all APIs that have the method.
 * @throws Error for a field that no type has, and for an undefined value of a field that always has a value.
 */
export function checkFields(fields: unknown, types: readonly DescMessage[], path = "request"): void {
  if (isMatcher(fields)) return;
  const members = types.flatMap((type) => type.members);
  if (!isObject(fields)) {
    const example = members[0] === undefined ? "{}" : `{ ${members[0].localName} }`;
    throw wrong(fields, path, `the fields of the request, such as ${example}`);
  }
  for (const [key, value] of Object.entries(fields)) {
    // What protobuf adds to messages, such as `$typeName`.
    if (key.startsWith("$")) continue;
    const known = members.filter(({ localName }) => localName === key);
    if (known.length === 0) throw unknownField(key, members, path);
    if (value === undefined && !known.some(canBeUnset)) throw undefinedValue(`${path}.${key}`);
    checkValue(value, known, `${path}.${key}`);
  }
}

function checkValue(value: unknown, known: readonly (DescField | DescOneof)[], path: string): void {
  if (!isObject(value) || isMatcher(value)) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (item === undefined) throw undefinedValue(`${path}[${index}]`);
      checkValue(item, known, `${path}[${index}]`);
    }
    return;
  }
  const cases = known.flatMap((member) => (member.kind === "oneof" ? member.fields : []));
  if (cases.length > 0) {
    checkOneof(value, cases, path);
    return;
  }
  const types = known.flatMap((member) => (member.kind === "field" ? (member.message ?? []) : []));
  if (types.length > 0) checkFields(value, types, path);
}

/** Checks a choice between fields: `{ case, value }`. */
function checkOneof(choice: object, cases: readonly DescField[], path: string): void {
  for (const [key, part] of Object.entries(choice)) {
    if (key !== "case" && key !== "value")
      throw new Error(`${path}.${key} is not known: give case and value`);
    // `{ case: undefined }` means that no field is set.
    if (key === "value" && part === undefined) throw undefinedValue(`${path}.value`);
    const names = cases.map(({ localName }) => localName);
    if (key === "case" && typeof part === "string" && !names.includes(part))
      throw wrong(part, `${path}.case`, `one of ${names.join(", ")}`);
  }
}

/** Checks whether a field can be undefined: a message, and a field that is `optional` in the schema. */
function canBeUnset(member: DescField | DescOneof): boolean {
  return member.kind === "field" && member.presence !== FeatureSet_FieldPresence.IMPLICIT;
}

function unknownField(key: string, members: readonly (DescField | DescOneof)[], path: string): Error {
  const names = [...new Set(members.map(({ localName }) => localName))];
  const fields = names.length === 0 ? "the request has no fields" : `the fields are ${names.join(", ")}`;
  return new Error(`${path}.${key} is not known: ${didYouMean(key, names) || fields}`);
}

function undefinedValue(path: string): Error {
  return new Error(`${path} is undefined: give a value, or leave the field out`);
}
