import {
  clearExtension,
  clearField,
  clone,
  create,
  type DescFile,
  type DescMessage,
  fromBinary,
  hasExtension,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import * as protovalidate from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { describe, expect, it } from "vitest";
import * as validate from "../gen/client/buf/validate/validate_pb.js";
import { file_fam_v1_account as clientFamAccount } from "../gen/client/fam/v1/account_pb.js";
import { file_fam_v1_billing as clientFamBilling } from "../gen/client/fam/v1/billing_pb.js";
import { file_fam_v1_member as clientFamMember } from "../gen/client/fam/v1/member_pb.js";
import { file_gitpod_v1_account as clientOnaAccount } from "../gen/client/gitpod/v1/account_pb.js";
import { file_gitpod_v1_organization as clientOnaOrganization } from "../gen/client/gitpod/v1/organization_pb.js";
import { file_gitpod_v1_pagination as clientOnaPagination } from "../gen/client/gitpod/v1/pagination_pb.js";
import { file_google_rpc_error_details as clientErrorDetails } from "../gen/client/google/rpc/error_details_pb.js";
import { file_mgmt_v1alpha1_user_account as clientVydon } from "../gen/client/mgmt/v1alpha1/user_account_pb.js";
import { file_fam_v1_account as mockFamAccount } from "../gen/mock/fam/v1/account_pb.js";
import { file_fam_v1_billing as mockFamBilling } from "../gen/mock/fam/v1/billing_pb.js";
import { file_fam_v1_member as mockFamMember } from "../gen/mock/fam/v1/member_pb.js";
import { file_gitpod_v1_account as mockOnaAccount } from "../gen/mock/gitpod/v1/account_pb.js";
import { file_gitpod_v1_organization as mockOnaOrganization } from "../gen/mock/gitpod/v1/organization_pb.js";
import { file_gitpod_v1_pagination as mockOnaPagination } from "../gen/mock/gitpod/v1/pagination_pb.js";
import { file_google_rpc_error_details as mockErrorDetails } from "../gen/mock/google/rpc/error_details_pb.js";
import { file_mgmt_v1alpha1_user_account as mockVydon } from "../gen/mock/mgmt/v1alpha1/user_account_pb.js";
import { messagesIn } from "./schema/render.js";

const pairs: { client: DescFile; mock: DescFile }[] = [
  { client: clientVydon, mock: mockVydon },
  { client: clientOnaAccount, mock: mockOnaAccount },
  { client: clientOnaOrganization, mock: mockOnaOrganization },
  { client: clientOnaPagination, mock: mockOnaPagination },
  { client: clientFamAccount, mock: mockFamAccount },
  { client: clientFamMember, mock: mockFamMember },
  { client: clientFamBilling, mock: mockFamBilling },
  { client: clientErrorDetails, mock: mockErrorDetails },
];

describe.each(pairs)("the clients' $client.name", ({ client, mock }) => {
  it("carries no rules, which a browser would have to load in vain", () => {
    expect(client.proto.dependency).not.toContain("buf/validate/validate.proto");
    for (const field of messagesIn([client]).flatMap((message) => message.fields)) {
      const options = field.proto.options;
      expect(options?.$unknown ?? [], field.toString()).toEqual([]);
      expect(options !== undefined && hasExtension(options, protovalidate.field), field.toString()).toBe(
        false,
      );
    }
  });

  it("is the mock's schema in everything else", () => {
    expect(toJson(FileDescriptorProtoSchema, client.proto)).toEqual(
      toJson(FileDescriptorProtoSchema, withoutRules(mock)),
    );
  });
});

describe("the clients' buf/validate/validate", () => {
  const ours = validate.file_buf_validate_validate;

  it("holds what reads a server's violations, and no rules", () => {
    expect(ours.extensions).toEqual([]);
    expect(ours.messages.map((message) => message.name)).toEqual([
      "Violations",
      "Violation",
      "FieldPath",
      "FieldPathElement",
    ]);
  });

  it("has protovalidate's names, numbers and types", () => {
    for (const message of messagesIn([ours])) {
      const theirs = protovalidate.file_buf_validate_validate.messages.find(
        (each) => each.name === message.name,
      );
      expect(shapes(theirs)).toEqual(expect.arrayContaining(shapes(message) ?? []));
    }
  });

  it("reads what protovalidate writes", () => {
    const element = {
      fieldNumber: 2,
      fieldName: "resources",
      subscript: { case: "index", value: 3n },
    } as const;
    const violation = { ruleId: "string.uuid", message: "must be a UUID", field: { elements: [element] } };
    const written = create(protovalidate.ViolationsSchema, { violations: [violation] });
    const read = fromBinary(validate.ViolationsSchema, toBinary(protovalidate.ViolationsSchema, written));
    expect(read).toEqual(create(validate.ViolationsSchema, { violations: [violation] }));
  });
});

function shapes(message: DescMessage | undefined) {
  return message?.fields.map(({ number, name, fieldKind, oneof, presence, scalar, message: type }) => {
    return { number, name, fieldKind, oneof: oneof?.name, presence, scalar, type: type?.typeName };
  });
}

function withoutRules(file: DescFile) {
  const proto = clone(FileDescriptorProtoSchema, file.proto);
  proto.dependency = proto.dependency.filter((name) => name !== "buf/validate/validate.proto");
  for (const message of proto.messageType) dropRules(message);
  return proto;
}

function dropRules(message: DescriptorProto): void {
  for (const field of message.field) {
    if (field.options === undefined || !hasExtension(field.options, protovalidate.field)) continue;
    clearExtension(field.options, protovalidate.field);
    // No field in our schemas has a rule and another option, so that an emptied set of options goes too.
    clearField(field, FieldDescriptorProtoSchema.field.options);
  }
  for (const nested of message.nestedType) dropRules(nested);
}
