import type { MessageKinds } from "./kinds.js";

/** The texts in the details of errors. A test fails if one is missing. */
export const errorFields: Readonly<Record<string, MessageKinds>> = {
  "google.rpc.ErrorInfo": { reason: "message", domain: "message", metadata: "message" },
  "google.rpc.BadRequest.FieldViolation": { field: "message", description: "message", reason: "message" },
  "google.rpc.RequestInfo": { requestId: "id", servingData: "server" },
  "google.rpc.QuotaFailure.Violation": { subject: "message", description: "message" },
  "buf.validate.Violation": { ruleId: "message", message: "message" },
  "buf.validate.FieldPathElement": { fieldName: "message", stringKey: "text" },
};
