/**
 * FAM's services and messages as protobuf-es generates them, for Connect's own clients over `toConnectTransport`. FAM
 * documents JSON names only, so a real server cannot read these messages in binary form.
 *
 * @packageDocumentation
 */
export * from "../../gen/fam/v1/account_pb.js";
export * from "../../gen/fam/v1/billing_pb.js";
export * from "../../gen/fam/v1/member_pb.js";
