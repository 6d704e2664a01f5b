import { type DescMessage, fromBinary, type JsonValue, toJson } from "@bufbuild/protobuf";
import { AccountService as FamAccountService } from "../../gen/fam/v1/account_pb.js";
import { MemberService as FamMemberService } from "../../gen/fam/v1/member_pb.js";
import { AccountService as OnaAccountService } from "../../gen/gitpod/v1/account_pb.js";
import { BillingService } from "../../gen/gitpod/v1/billing_pb.js";
import { IdentityService } from "../../gen/gitpod/v1/identity_pb.js";
import { OrganizationService } from "../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../gen/gitpod/v1/user_pb.js";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";

const methods = [
  UserAccountService,
  ...[OnaAccountService, OrganizationService, UserService, IdentityService, BillingService],
  ...[FamAccountService, FamMemberService],
].flatMap(({ methods }) => methods);

/** A call with its raw request and response. */
export interface Exchange {
  /** The time of its response, in milliseconds since 1970. */
  readonly at: number;
  readonly request: Request;
  readonly response: Response;
}

/**
 * Renders a call as text to read and compare: the request, the response, and the hash of its bytes, so every byte
 * counts. A message is shown as JSON in every encoding.
 */
export async function readable({ at, request, response }: Exchange): Promise<string> {
  const [service, name] = new URL(request.url).pathname.split("/").slice(-2);
  const method = methods.find((each) => each.name === name && each.parent.typeName === service);
  if (method === undefined) throw new Error(`no method ${service}/${name}`);
  const body = new Uint8Array(await response.arrayBuffer());
  const isMessage = response.headers.get("content-type") === request.headers.get("content-type");
  const sent = textOf(new Uint8Array(await request.arrayBuffer()), request.headers, method.input);
  const received = textOf(body, response.headers, isMessage ? method.output : undefined);
  const headers = [...response.headers].map(([header, value]) => `${header}: ${value}`).sort();
  return [
    `${new Date(at).toISOString()} ${service}/${name}`,
    `  request  ${sent}`,
    `  response ${response.status} ${received}`,
    `  headers  ${headers.join("; ")}`,
    `  sha-256  ${await hashOf(body)}`,
  ].join("\n");
}

/** Returns the SHA-256 hash in hexadecimal digits. */
export async function hashOf(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function textOf(bytes: Uint8Array, headers: Headers, schema: DescMessage | undefined): string {
  if (headers.get("content-type") === "application/proto" && schema !== undefined) {
    try {
      return JSON.stringify(toJson(schema, fromBinary(schema, bytes)));
    } catch {
      return `that cannot be read: ${hex(bytes)}`;
    }
  }
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.stringify(withoutBytes(JSON.parse(text)));
  } catch {
    return `that is not JSON: ${JSON.stringify(text)}`;
  }
}

/** Removes the bytes of an error's details: `debug` has the same content. */
function withoutBytes(json: JsonValue): JsonValue {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
  const { details } = json;
  if (!Array.isArray(details)) return json;
  return {
    ...json,
    details: details.map((detail) =>
      typeof detail === "object" && detail !== null && "debug" in detail
        ? { type: detail["type"] ?? null, debug: detail["debug"] ?? null }
        : detail,
    ),
  };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
