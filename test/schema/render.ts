import {
  type DescEnum,
  type DescField,
  type DescFile,
  type DescMessage,
  type DescMethod,
  getOption,
  hasOption,
  ScalarType,
  toJson,
} from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { DurationSchema, MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import {
  FieldRulesSchema,
  field as rulesOption,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";

/**
 * A schema as text that a person can compare with the vendor's documentation. In each text a line starts a service, message
 * or enum, and the lines indented under it are its methods (name, idempotency), fields (number, name, type, rule) or
 * values (number, name).
 */
export interface ExpectedSchema {
  readonly package: string;
  readonly services: string;
  readonly messages: string;
  readonly enums: string;
}

/** Groups the lines of an expected text under the unindented line that they follow. */
export function parse(text: string): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  let group: string[] = [];
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    if (line.startsWith("      ")) {
      group.push(line.trim());
    } else {
      group = [];
      groups[line.trim()] = group;
    }
  }
  return groups;
}

/** Renders the services of some files in the form that `parse` returns. */
export function renderServices(files: readonly DescFile[]): Record<string, string[]> {
  const services = files.flatMap((file) => file.services);
  return Object.fromEntries(services.map((service) => [service.name, service.methods.map(renderMethod)]));
}

/** Renders the messages of some files, nested ones too, in the form that `parse` returns. */
export function renderMessages(files: readonly DescFile[]): Record<string, string[]> {
  const byNumber = (message: DescMessage) => message.fields.toSorted((a, b) => a.number - b.number);
  return Object.fromEntries(
    messagesIn(files).map((message) => [localName(message), byNumber(message).map(renderField)]),
  );
}

/** Renders the enums of some files, nested ones too, in the form that `parse` returns. */
export function renderEnums(files: readonly DescFile[]): Record<string, string[]> {
  const nested = messagesIn(files).flatMap((message) => message.nestedEnums);
  const enums = [...files.flatMap((file) => file.enums), ...nested];
  return Object.fromEntries(
    enums.map((each) => [localName(each), each.values.map((value) => `${value.number} ${value.name}`)]),
  );
}

/** Every message of some files, at any depth. */
export function messagesIn(files: readonly DescFile[]): DescMessage[] {
  const withNested = (message: DescMessage): DescMessage[] => [
    message,
    ...message.nestedMessages.flatMap(withNested),
  ];
  return files.flatMap((file) => file.messages.flatMap(withNested));
}

/** The rules of a field, such as `string.min_len = 1`; empty for a field without any. They are in the order of their schema. */
export function rulesOf(field: DescField): string[] {
  if (!hasOption(field, rulesOption)) return [];
  return renderRules(reflect(FieldRulesSchema, getOption(field, rulesOption)), "");
}

function renderRules(rules: ReflectMessage, path: string): string[] {
  return rules.fields
    .filter((rule) => rules.isSet(rule))
    .flatMap((rule) => {
      const value = rules.get(rule);
      if (isReflectMessage(value, DurationSchema)) {
        return [`${path}${rule.name} = ${toJson(value.desc, value.message)}`];
      }
      if (isReflectMessage(value)) return renderRules(value, `${path}${rule.name}.`);
      if (rule.enum) return [`${path}${rule.name} = ${rule.enum.value[Number(value)]?.name}`];
      if (value === true) return [`${path}${rule.name}`];
      return [`${path}${rule.name} = ${typeof value === "string" ? JSON.stringify(value) : String(value)}`];
    });
}

function renderMethod(method: DescMethod): string {
  const level = MethodOptions_IdempotencyLevel[method.idempotency];
  return `${method.name} ${level === "IDEMPOTENCY_UNKNOWN" ? "none" : level}`;
}

function renderField(field: DescField): string {
  const label = field.fieldKind === "list" ? "repeated " : field.proto.proto3Optional ? "optional " : "";
  const rules = rulesOf(field);
  const notes = `${field.deprecated ? " deprecated" : ""}${rules.length > 0 ? ` [${rules.join(", ")}]` : ""}`;
  return `${field.number} ${field.name} ${label}${renderType(field)}${notes}`;
}

function renderType(field: DescField): string {
  const named = field.message ?? field.enum;
  if (named !== undefined) {
    return named.file.proto.package === field.parent.file.proto.package ? localName(named) : named.typeName;
  }
  return field.scalar === undefined
    ? field.fieldKind
    : (ScalarType[field.scalar]?.toLowerCase() ?? "unknown");
}

function localName(type: DescMessage | DescEnum): string {
  return type.typeName.slice(type.file.proto.package.length + 1);
}
