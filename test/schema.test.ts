import {
  type DescField,
  type DescFile,
  type DescMessage,
  type DescOneof,
  fromJson,
  type JsonValue,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { createValidator } from "@bufbuild/protovalidate";
import { describe, expect, it } from "vitest";
import { file_fam_v1_account } from "../gen/fam/v1/account_pb.js";
import { file_fam_v1_billing } from "../gen/fam/v1/billing_pb.js";
import { file_fam_v1_member } from "../gen/fam/v1/member_pb.js";
import { file_gitpod_v1_account } from "../gen/gitpod/v1/account_pb.js";
import { file_gitpod_v1_billing } from "../gen/gitpod/v1/billing_pb.js";
import { file_gitpod_v1_identity, SubjectSchema } from "../gen/gitpod/v1/identity_pb.js";
import { file_gitpod_v1_organization } from "../gen/gitpod/v1/organization_pb.js";
import { file_gitpod_v1_organization_service } from "../gen/gitpod/v1/organization_service_pb.js";
import { file_gitpod_v1_pagination } from "../gen/gitpod/v1/pagination_pb.js";
import { file_gitpod_v1_user } from "../gen/gitpod/v1/user_pb.js";
import { file_mgmt_v1alpha1_api_key } from "../gen/mgmt/v1alpha1/api_key_pb.js";
import { file_mgmt_v1alpha1_auth } from "../gen/mgmt/v1alpha1/auth_pb.js";
import {
  AccountStatusSchema,
  ConvertPersonalToTeamAccountRequestSchema,
  file_mgmt_v1alpha1_user_account,
  GetTeamAccountMembersRequestSchema,
  IsAccountStatusValidResponseSchema,
  SystemLicenseSchema,
} from "../gen/mgmt/v1alpha1/user_account_pb.js";
import { fam } from "./schema/fam.js";
import { ona } from "./schema/ona.js";
import { messagesIn, parse, renderEnums, renderMessages, renderServices, rulesOf } from "./schema/render.js";
import { vydon } from "./schema/vydon.js";

const apis = [
  {
    name: "Vydon",
    expected: vydon,
    files: [file_mgmt_v1alpha1_user_account, file_mgmt_v1alpha1_auth, file_mgmt_v1alpha1_api_key],
  },
  {
    name: "Ona",
    expected: ona,
    files: [
      file_gitpod_v1_account,
      file_gitpod_v1_billing,
      file_gitpod_v1_identity,
      file_gitpod_v1_organization,
      file_gitpod_v1_organization_service,
      file_gitpod_v1_pagination,
      file_gitpod_v1_user,
    ],
  },
  {
    name: "Fetch Ads Manager",
    expected: fam,
    files: [file_fam_v1_account, file_fam_v1_member, file_fam_v1_billing],
  },
];

describe.each(apis)("the schema of $name", ({ expected, files }) => {
  it("has the vendor's package name", () => {
    expect(new Set(files.map((file) => file.proto.package))).toEqual(new Set([expected.package]));
  });

  it("has the vendor's methods, each with its idempotency level", () => {
    expect(renderServices(files)).toEqual(parse(expected.services));
  });

  it("has the vendor's messages, numbers, types and rules", () => {
    expect(renderMessages(files)).toEqual(parse(expected.messages));
  });

  it("has the vendor's enums", () => {
    expect(renderEnums(files)).toEqual(parse(expected.enums));
  });

  it("has only unary methods, each with its own request and response message", () => {
    for (const method of files.flatMap((file) => file.services).flatMap((service) => service.methods)) {
      expect(method.methodKind).toBe("unary");
      expect(method.input.typeName).toBe(`${expected.package}.${method.name}Request`);
      expect(method.output.typeName).toBe(`${expected.package}.${method.name}Response`);
    }
  });
});

describe("the schema of Vydon, for compatibility with Neosync", () => {
  it("reserves the numbers and names of two removed account states", () => {
    const { reservedRange, reservedName } = AccountStatusSchema.proto;
    expect(reservedRange.map(({ start, end }) => [start, end])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(reservedName).toEqual([
      "ACCOUNT_STATUS_EXCEEDS_ALLOWED_LIMIT",
      "ACCOUNT_STATUS_REQUESTED_EXCEEDS_LIMIT",
    ]);
  });

  it("reserves two field numbers of IsAccountStatusValidResponse", () => {
    const { reservedRange } = IsAccountStatusValidResponseSchema.proto;
    // The end of a message's range is exclusive, unlike an enum's.
    expect(reservedRange.map(({ start, end }) => [start, end])).toEqual([
      [4, 5],
      [5, 6],
    ]);
  });

  it("has the licence's cloud flag as isNeosyncCloud in JSON, and as field 3 in binary", () => {
    const license = fromJson(SystemLicenseSchema, { isNeosyncCloud: true });
    expect(toJsonString(SystemLicenseSchema, license)).toBe('{"isNeosyncCloud":true}');
    expect([...toBinary(SystemLicenseSchema, license)]).toEqual([3 << 3, 1]);
  });
});

/** Returns the time in some days as protovalidate sees it, which uses the platform's clock. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

const uuid = "7f3c1e3a-52bb-4d0f-9f4e-0d8f3a1b2c4d";
const domain =
  'repeated.items.string.pattern = "^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\\\.)+[a-zA-Z]{2,}$"';

/** For each rule in use, a value that breaks it and, for some, a value that is valid for all rules of the field. */
const samples: Record<
  string,
  { readonly good?: JsonValue; readonly broken: JsonValue; readonly ruleId: string }
> = {
  required: { broken: null, ruleId: "required" },
  "string.uuid": { good: uuid, broken: "not-a-uuid", ruleId: "string.uuid" },
  "string.email": { good: "ada@example.com", broken: "ada", ruleId: "string.email" },
  "string.uri": { good: "https://app.example.com/", broken: "/home", ruleId: "string.uri" },
  "string.min_len = 1": { good: "a", broken: "", ruleId: "string.min_len" },
  "string.min_len = 3": { good: "acme", broken: "ac", ruleId: "string.min_len" },
  "string.min_len = 4": { good: "a.eu", broken: "eu", ruleId: "string.min_len" },
  "string.max_len = 253": { broken: "a".repeat(254), ruleId: "string.max_len" },
  "string.max_len = 256": { good: "a", broken: "a".repeat(257), ruleId: "string.max_len" },
  "string.max_len = 1024": { broken: "a".repeat(1_025), ruleId: "string.max_len" },
  'string.pattern = "^[a-z0-9-]{3,100}$"': { good: "team-1", broken: "Team 1", ruleId: "string.pattern" },
  "timestamp.gt_now": { good: inDays(1), broken: inDays(-1), ruleId: "timestamp.gt_now" },
  "timestamp.within = 31536000s": { good: inDays(1), broken: inDays(366), ruleId: "timestamp.within" },
  "repeated.min_items = 1": { good: ["admin"], broken: [], ruleId: "repeated.min_items" },
  "repeated.max_items = 25": {
    good: [uuid],
    broken: Array.from({ length: 26 }, () => uuid),
    ruleId: "repeated.max_items",
  },
  "repeated.unique": { good: ["a.eu", "b.eu"], broken: ["a.eu", "a.eu"], ruleId: "repeated.unique" },
  "repeated.items.string.uuid": { broken: [uuid, "not-a-uuid"], ruleId: "string.uuid" },
  "repeated.items.string.min_len = 4": { broken: ["a.b"], ruleId: "string.min_len" },
  "repeated.items.string.max_len = 253": { broken: [`${"a.".repeat(126)}eu`], ruleId: "string.max_len" },
  [domain]: { broken: ["*.example.com"], ruleId: "string.pattern" },
  "enum.defined_only": { good: 1, broken: 7, ruleId: "enum.defined_only" },
  // Two bounds of a number are one rule.
  "int32.lte = 100": { good: 100, broken: 101, ruleId: "int32.gte_lte" },
  "int32.gte = 0": { good: 0, broken: -1, ruleId: "int32.gte_lte" },
  "int32.gte = 1": { good: 1, broken: 0, ruleId: "int32.gte" },
  "duration.lte = 7776000s": { good: "7776000s", broken: "7776000.001s", ruleId: "duration.gte_lte" },
  "duration.gte = 0s": { good: "0s", broken: "-0.001s", ruleId: "duration.gte_lte" },
};

describe("the schema's rules in protovalidate", () => {
  const validator = createValidator();
  const ruled = messagesIn(apis.flatMap<DescFile>(({ files }) => files)).flatMap((message) =>
    message.fields.flatMap((field) =>
      rulesOf(field)
        .filter((rule) => !rule.startsWith("ignore"))
        .map((rule) => ({ message, field, rule, ...sampleOf(rule) })),
    ),
  );

  it.each(ruled)(
    "$message.typeName is invalid if $field.name breaks $rule",
    ({ message, field, broken, ruleId }) => {
      const request = { ...validRequest(message, field.oneof), [field.jsonName]: broken };
      const result = validator.validate(message, fromJson(message, request));
      // Some values break another rule as well.
      expect(result.violations?.map((violation) => violation.ruleId)).toContain(ruleId);
      expect(new Set(result.violations?.map((violation) => violation.field[0]))).toEqual(new Set([field]));
    },
  );

  it.each([...new Set(ruled.map(({ message }) => message))])(
    "$typeName is valid if it breaks no rule",
    (message) => {
      expect(validator.validate(message, fromJson(message, validRequest(message))).kind).toBe("valid");
    },
  );

  it("a request without a required id is invalid", () => {
    const result = validator.validate(
      GetTeamAccountMembersRequestSchema,
      fromJson(GetTeamAccountMembersRequestSchema, {}),
    );
    expect(result.violations?.map((violation) => violation.ruleId)).toEqual(["string.uuid_empty"]);
  });

  it("a request without an optional id is valid, and one with an invalid id is not", () => {
    const schema = ConvertPersonalToTeamAccountRequestSchema;
    expect(validator.validate(schema, fromJson(schema, { name: "team-1" })).kind).toBe("valid");
    expect(validator.validate(schema, fromJson(schema, { name: "team-1", accountId: "x" })).kind).toBe(
      "invalid",
    );
  });

  it("a subject with an empty id is valid", () => {
    const subject = fromJson(SubjectSchema, { id: "", principal: "PRINCIPAL_USER" });
    expect(validator.validate(SubjectSchema, subject).kind).toBe("valid");
  });

  /** Returns a request with a valid value for each field that has a rule. `without` omits a oneof. */
  function validRequest(message: DescMessage, without?: DescOneof): Record<string, JsonValue> {
    const fields = message.fields.filter(
      (field) =>
        rulesOf(field).length > 0 &&
        (field.oneof === undefined || (field.oneof !== without && field.oneof.fields[0] === field)),
    );
    return Object.fromEntries(fields.map((field) => [field.jsonName, good(field)]));
  }

  function good(field: DescField): JsonValue {
    for (const rule of rulesOf(field)) {
      const value = samples[rule]?.good;
      if (value !== undefined) return value;
    }
    if (field.message?.typeName === TimestampSchema.typeName) return "2026-01-01T00:00:00Z";
    if (field.message !== undefined) return validRequest(field.message);
    throw new Error(`no good value for ${field}: add one to samples in test/schema.test.ts`);
  }
});

function sampleOf(rule: string) {
  const sample = samples[rule];
  if (sample === undefined)
    throw new Error(`no sample for the rule ${rule}: add a broken value to samples in test/schema.test.ts`);
  return sample;
}
