/**
 * Vydon's services and messages as protobuf-es generates them, for Connect's own clients and for `viaConnect`.
 *
 * @packageDocumentation
 */
export * from "../../gen/mgmt/v1alpha1/api_key_pb.js";
export * from "../../gen/mgmt/v1alpha1/auth_pb.js";
export * from "../../gen/mgmt/v1alpha1/user_account_pb.js";
