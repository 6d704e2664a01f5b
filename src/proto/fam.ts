/**
 * FAM's services and messages as protobuf-es generates them, for clients of Connect's own over `toConnectTransport`. FAM
 * documents JSON names only, so these messages have no binary form that a real server reads.
 *
 * @packageDocumentation
 */
export * from "../../gen/fam/v1/account_pb.js";
export * from "../../gen/fam/v1/billing_pb.js";
export * from "../../gen/fam/v1/member_pb.js";
