import {
  create,
  type DescMessage,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  QuotaFailureSchema,
  RequestInfoSchema,
  RetryInfoSchema,
} from "../../../gen/google/rpc/error_details_pb.js";
import { mutated } from "../../../test/fuzz/mutate.js";
import { randomMessage } from "../../../test/json/random-message.js";
import { seeded } from "../../../test/support/seeded.js";
import { factsOf, readDetails, toDetail } from "./details.js";

/** A detail as a server sends it. */
function detail<Desc extends DescMessage>(schema: Desc, init: MessageInitShape<Desc>) {
  return toDetail(schema.typeName, base64(schema, create(schema, init)));
}

function base64<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): string {
  return Buffer.from(toBinary(schema, message)).toString("base64");
}

const known: [string, DescMessage][] = [
  ErrorInfoSchema,
  RetryInfoSchema,
  RequestInfoSchema,
  BadRequestSchema,
  QuotaFailureSchema,
  ViolationsSchema,
].map((schema) => [schema.typeName, schema]);

/** Fields that are left out: the path of the rule, and the numbers of the schema. */
const unread = ["rule", "forKey", "fieldNumber", "fieldType", "keyType", "valueType"];

/** A message that protobuf-es has read, as a plain object of the fields that are set. */
function plain(message: ReflectMessage): Record<string, unknown> {
  const fields = message.fields.filter((field) => message.isSet(field) && !unread.includes(field.localName));
  return Object.fromEntries(
    fields.map((field) => {
      if (field.fieldKind === "list") return [field.localName, Array.from(message.get(field), plainValue)];
      if (field.fieldKind === "map") return [field.localName, Object.fromEntries(message.get(field))];
      return [field.localName, plainValue(message.get(field))];
    }),
  );
}

function plainValue(value: unknown): unknown {
  if (typeof value === "object" && value !== null && "fields" in value) return plain(asReflected(value));
  return typeof value === "string" ? value : Number(value);
}

function asReflected(value: object): ReflectMessage;
function asReflected(value: object): object {
  return value;
}

describe.each(known)("%s", (type, schema) => {
  it("is read as protobuf-es reads it, padded or not", () => {
    fc.assert(
      fc.property(randomMessage(schema), fc.boolean(), (message, padded) => {
        const text = base64(schema, message);
        const read = toDetail(type, padded ? text : text.replace(/=+$/, ""));
        expect(read.value).toEqual(plain(reflect(schema, message)));
      }),
      seeded(100),
    );
  });

  it("is read from its bytes, with `debug` or without", () => {
    fc.assert(
      fc.property(randomMessage(schema), (message) => {
        const value = base64(schema, message);
        const [bare] = readDetails([{ type, value }]);
        const debug = { anything: "else" };
        expect(readDetails([{ type, value, debug }])).toEqual([bare]);
        expect(bare).toEqual({ type, base64: value, value: plain(reflect(schema, message)) });
      }),
      seeded(100),
    );
  });

  it("has no value if its bytes are cut off", () => {
    fc.assert(
      fc.property(randomMessage(schema), fc.double({ min: 0, max: 1, noNaN: true }), (message, part) => {
        const bytes = toBinary(schema, message);
        const cut = bytes.subarray(0, Math.floor(bytes.length * part));
        const { value } = toDetail(type, Buffer.from(cut).toString("base64"));
        // A cut between two fields leaves a shorter message that is complete.
        if (value !== undefined)
          expect(Object.keys(plain(reflect(schema, message)))).toEqual(
            expect.arrayContaining(Object.keys(value)),
          );
      }),
      seeded(100),
    );
  });

  it("never throws for any bytes, even when its facts are read", () => {
    const messages = randomMessage(schema).chain((message) => mutated(toBinary(schema, message)));
    const bytes = fc.oneof(messages, fc.uint8Array({ maxLength: 64 }));
    fc.assert(
      fc.property(bytes, (each) => {
        const read = toDetail(type, Buffer.from(each).toString("base64"));
        expect(["object", "undefined"]).toContain(typeof read.value);
        factsOf([read]);
      }),
      seeded(1_000),
    );
  });
});

describe("a detail", () => {
  it("of another type has no value, but keeps its bytes", () => {
    expect(toDetail("acme.v1.Hint", "AAEC")).toEqual({
      type: "acme.v1.Hint",
      value: undefined,
      base64: "AAEC",
    });
  });

  it.each([
    ["a text that is cut off", [10, 5, 65, 66]],
    ["a text in place of a number of 32 bits", [13, 1, 65]],
  ])("with %s has no value", (_what, bytes) => {
    const text = Buffer.from(bytes).toString("base64");
    expect(toDetail("google.rpc.ErrorInfo", text).value).toBeUndefined();
  });

  it.each(["__proto__", "constructor", "toString"])("may have the type %s", (type) => {
    expect(toDetail(type, "AAEC").value).toBeUndefined();
  });

  it.each(["%%%", "AA=", "A", "ä"])("with base64 that is broken, %j, has no value", (text) => {
    expect(toDetail("google.rpc.ErrorInfo", text).value).toBeUndefined();
  });

  it.each([null, 7, "text", [], {}, { type: "a" }, { type: 1, value: "AA" }, { type: "a", value: null }])(
    "that is not valid is left out: %j",
    (broken) => {
      const good = { type: "google.rpc.ErrorInfo", value: "" };
      expect(readDetails([broken, good])).toHaveLength(1);
      expect(readDetails(broken)).toEqual([]);
    },
  );

  it("can have a field that is newer than this version", () => {
    const info = base64(ErrorInfoSchema, create(ErrorInfoSchema, { reason: "QUOTA" }));
    // Field 15 is a string, field 16 a number.
    const later = Buffer.concat([Buffer.from(info, "base64"), Buffer.from([0x7a, 1, 65, 0x80, 1, 5])]);
    expect(toDetail("google.rpc.ErrorInfo", later.toString("base64")).value).toEqual({ reason: "QUOTA" });
  });
});

describe("violations", () => {
  it("come from protovalidate's detail, with the path to the field", () => {
    const violations = detail(ViolationsSchema, {
      violations: [
        {
          field: {
            elements: [
              { fieldName: "resources", subscript: { case: "index", value: 2n } },
              { fieldName: "labels", subscript: { case: "stringKey", value: 'a"b' } },
              { fieldName: "flags", subscript: { case: "boolKey", value: true } },
              { fieldName: "offsets", subscript: { case: "intKey", value: -1n } },
              { fieldName: "id" },
            ],
          },
          ruleId: "string.uuid",
          message: "must be a UUID",
        },
        { ruleId: "own.rule", message: "of the whole message" },
      ],
    });
    expect(factsOf([violations]).violations).toEqual([
      {
        field: 'resources[2].labels["a\\"b"].flags[true].offsets[-1].id',
        rule: "string.uuid",
        message: "must be a UUID",
      },
      { field: "", rule: "own.rule", message: "of the whole message" },
    ]);
  });

  it("of older servers have the path as a string", () => {
    // Field 1, which protovalidate has removed since.
    const violation = Buffer.from("\n\x10accounts[2].name\x12\x0estring.min_len\x1a\x08is empty");
    const bytes = Buffer.concat([Buffer.from([0x0a, violation.length]), violation]);
    expect(factsOf([toDetail(ViolationsSchema.typeName, bytes.toString("base64"))]).violations).toEqual([
      { field: "accounts[2].name", rule: "string.min_len", message: "is empty" },
    ]);
  });

  it("come from google.rpc.BadRequest", () => {
    const fieldViolations = [{ field: "name", reason: "TAKEN", description: "is taken" }];
    expect(factsOf([detail(BadRequestSchema, { fieldViolations })]).violations).toEqual([
      { field: "name", rule: "TAKEN", message: "is taken" },
    ]);
  });

  it("are none if the detail cannot be read", () => {
    expect(factsOf([toDetail(ViolationsSchema.typeName, "/w")]).violations).toEqual([]);
  });
});

it("the reason comes from google.rpc.ErrorInfo", () => {
  expect(factsOf([detail(ErrorInfoSchema, { reason: "QUOTA" })]).reason).toBe("QUOTA");
  expect(factsOf([]).reason).toBeUndefined();
});

it("the request's id comes from google.rpc.RequestInfo", () => {
  expect(factsOf([detail(RequestInfoSchema, { requestId: "req-1" })]).requestId).toBe("req-1");
});

describe("the time to wait", () => {
  it("comes from google.rpc.RetryInfo", () => {
    const retryDelay = { seconds: 2n, nanos: 5_000_000 };
    const wait = detail(RetryInfoSchema, { retryDelay });
    expect(factsOf([wait]).retryAfterMs).toBe(2_005);
    expect(factsOf([wait, detail(ErrorInfoSchema, { reason: "BUSY" })])).toMatchObject({
      retryAfterMs: 2_005,
      reason: "BUSY",
    });
  });

  it("is never below zero", () => {
    const retryDelay = { seconds: -2n, nanos: -5_000_000 };
    expect(factsOf([detail(RetryInfoSchema, { retryDelay })]).retryAfterMs).toBe(0);
  });

  it("is unknown if the detail cannot be read, so that the call is not retried at once", () => {
    expect(factsOf([toDetail("google.rpc.RetryInfo", "CgUI")]).retryAfterMs).toBeUndefined();
  });

  it("is unknown if it is too large for a number", () => {
    const retryDelay = { seconds: 2n ** 62n };
    expect(factsOf([detail(RetryInfoSchema, { retryDelay })]).retryAfterMs).toBeUndefined();
  });
});
