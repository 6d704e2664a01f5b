/**
 * Ona's services and messages as protobuf-es generates them, for Connect's own clients and for `viaConnect`.
 *
 * @packageDocumentation
 */
export * from "../../gen/gitpod/v1/account_pb.js";
export * from "../../gen/gitpod/v1/billing_pb.js";
export * from "../../gen/gitpod/v1/identity_pb.js";
export * from "../../gen/gitpod/v1/organization_pb.js";
export * from "../../gen/gitpod/v1/organization_service_pb.js";
export * from "../../gen/gitpod/v1/pagination_pb.js";
export * from "../../gen/gitpod/v1/user_pb.js";
