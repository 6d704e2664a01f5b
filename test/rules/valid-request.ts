import { create, type DescMethodUnary } from "@bufbuild/protobuf";
import { createValidator } from "@bufbuild/protovalidate";

const validator = createValidator();
const id = "00000000-0000-4000-8000-000000000000";
const now = { seconds: 1_767_225_600n };

/** Valid values for every field that a rule of a schema requires. */
const validFields = {
  accountId: id,
  dateRange: { startTime: now, endTime: now },
  domain: "example.com",
  domainVerificationId: id,
  email: "grace@example.com",
  eventId: "e1",
  eventName: "records",
  id,
  invitationId: id,
  name: "acme",
  organizationId: id,
  page: 1,
  paymentConfigurationId: id,
  paymentMethodId: "pm_1",
  personalAccessTokenId: id,
  reason: "too many mails",
  relations: ["admin"],
  token: id,
  userId: id,
  value: "1",
};

/** Returns a request without a violation, so that the server checks the token. @throws Error if it would have one. */
export function validRequest({ name, input }: DescMethodUnary): Record<string, unknown> {
  // Only one field of a oneof can be set.
  const names = input.fields.filter(({ oneof }) => oneof === undefined).map(({ localName }) => localName);
  const request = Object.fromEntries(Object.entries(validFields).filter(([field]) => names.includes(field)));
  const { error } = validator.validate(input, create(input, request));
  if (error === undefined) return request;
  throw new Error(`${name}: ${error.message}: add a valid value to validFields of this file`);
}
