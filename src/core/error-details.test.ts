import { create, toBinary } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  RequestInfoSchema,
  RetryInfoSchema,
} from "../../gen/google/rpc/error_details_pb.js";
import { reasonOf, requestIdOf, retryAfterMsOf, violationsOf } from "./error-details.js";

const failed = (header: HeadersInit, ...details: ConnectError["details"]) => {
  const error = new ConnectError("m", Code.InvalidArgument, header);
  error.details = details;
  return error;
};

describe("violations", () => {
  it("come of protovalidate's detail, with the path to the field", () => {
    const value = toBinary(
      ViolationsSchema,
      create(ViolationsSchema, {
        violations: [
          {
            field: {
              elements: [
                { fieldName: "resources", subscript: { case: "index", value: 2n } },
                { fieldName: "labels", subscript: { case: "stringKey", value: 'a"b' } },
                { fieldName: "id" },
              ],
            },
            ruleId: "string.uuid",
            message: "must be a UUID",
          },
          { ruleId: "own.rule", message: "of the whole message" },
        ],
      }),
    );
    expect(violationsOf(failed({}, { type: ViolationsSchema.typeName, value }))).toEqual([
      { field: 'resources[2].labels["a\\"b"].id', rule: "string.uuid", message: "must be a UUID" },
      { field: "", rule: "own.rule", message: "of the whole message" },
    ]);
  });

  it("come of google.rpc.BadRequest", () => {
    const fieldViolations = [{ field: "name", reason: "TAKEN", description: "is taken" }];
    const error = new ConnectError("m", Code.InvalidArgument, {}, [
      { desc: BadRequestSchema, value: { fieldViolations } },
    ]);
    expect(violationsOf(error)).toEqual([{ field: "name", rule: "TAKEN", message: "is taken" }]);
  });

  it("are none where the detail can't be read", () => {
    expect(
      violationsOf(failed({}, { type: ViolationsSchema.typeName, value: new Uint8Array([255]) })),
    ).toEqual([]);
  });
});

it("the request's id comes of the header, else of google.rpc.RequestInfo", () => {
  const error = new ConnectError("m", Code.Internal, {}, [
    { desc: RequestInfoSchema, value: { requestId: "of the detail" } },
  ]);
  expect(requestIdOf(new Headers({ "x-request-id": "of the header" }), error)).toBe("of the header");
  expect(requestIdOf(new Headers(), error)).toBe("of the detail");
  expect(requestIdOf(new Headers())).toBeUndefined();
});

it("the reason comes of google.rpc.ErrorInfo", () => {
  const details = [{ desc: ErrorInfoSchema, value: { reason: "QUOTA" } }];
  expect(reasonOf(new ConnectError("m", Code.Internal, {}, details))).toBe("QUOTA");
  expect(reasonOf(failed({}))).toBeUndefined();
});

describe("how long to wait", () => {
  const now = Date.UTC(2026, 0, 1);

  it.each([
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after": "9" }, 9_000],
    [{ "retry-after": " 0.5 " }, 500],
    [{ "retry-after": "Thu, 01 Jan 2026 00:00:05 GMT" }, 5_000],
    [{ "retry-after": "Thursday, 01-Jan-26 00:00:05 GMT" }, 5_000],
    [{ "retry-after": "Thu, 01 Jan 2025 00:00:05 GMT" }, 0],
    [{ "retry-after": "-9" }, undefined],
    [{ "retry-after": "1 or 2" }, undefined],
    [{ "retry-after": "" }, undefined],
    [{ "retry-after": "NaN" }, undefined],
    [{ "retry-after-ms": "soon", "retry-after": "2" }, 2_000],
  ])("%j is %s ms", (header, ms) => {
    expect(retryAfterMsOf(failed(header), now)).toBe(ms);
  });

  it("comes of google.rpc.RetryInfo where no header says it", () => {
    const details = [{ desc: RetryInfoSchema, value: { retryDelay: { seconds: 2n, nanos: 5_000_000 } } }];
    expect(retryAfterMsOf(new ConnectError("m", Code.Unavailable, {}, details), now)).toBe(2_005);
    expect(
      retryAfterMsOf(new ConnectError("m", Code.Unavailable, { "retry-after": "1" }, details), now),
    ).toBe(1_000);
  });
});
