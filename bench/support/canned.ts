import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import { OrganizationRole, OrganizationTier } from "../../gen/gitpod/v1/organization_pb.js";
import { AccountRole, UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";

/** A response in both formats, encoded once. */
interface Canned {
  readonly json: Uint8Array<ArrayBuffer>;
  readonly proto: Uint8Array<ArrayBuffer>;
}

const createdAt = timestampFromMs(Date.UTC(2026, 0, 1));
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const many = Array.from({ length: 1000 }, (_, index) => index);

const ona = AccountService.method;
const vydon = UserAccountService.method;

type Init<Method> =
  Method extends DescMethodUnary<DescMessage, infer Output> ? MessageInitShape<Output> : never;

/** The fixed responses: an Ona account, 1,000 Vydon members and 1,000 Ona login providers. */
export const messages: {
  readonly account: Init<typeof ona.getAccount>;
  readonly members: Init<typeof vydon.getTeamAccountMembers>;
  readonly loginProviders: Init<typeof ona.listLoginProviders>;
} = {
  account: {
    account: {
      id: uuid(1),
      name: "Ada",
      avatarUrl: "https://images.example.com/1.png",
      email: "ada@example.com",
      createdAt,
      updatedAt: createdAt,
      memberships: [1, 2].map((index) => ({
        userId: uuid(10 + index),
        userRole: OrganizationRole.MEMBER,
        organizationId: uuid(20 + index),
        organizationName: `Organization ${index}`,
        organizationMemberCount: 7,
        organizationTier: OrganizationTier.CORE,
      })),
    },
  },
  members: {
    users: many.map((index) => ({
      id: uuid(index),
      name: `Member ${index}`,
      image: `https://images.example.com/${index}.png`,
      email: `member-${index}@example.com`,
      role: index % 2 ? AccountRole.ADMIN : AccountRole.JOB_VIEWER,
    })),
  },
  loginProviders: {
    loginProviders: many.map((index) => ({
      provider: "custom",
      loginUrl: `https://login.example.com/organizations/${uuid(index)}`,
    })),
    pagination: { nextToken: "" },
  },
};

/** The responses by method name. */
const responses = new Map<string, Canned>([
  canned(vydon.getUser, { userId: uuid(1) }),
  canned(vydon.getTeamAccountMembers, messages.members),
  canned(ona.getAccount, messages.account),
  canned(ona.listLoginProviders, messages.loginProviders),
]);

/** The response to a request, found by the last part of its path. It has the request's format. */
export function cannedResponse(
  path: string,
  contentType: string,
): { type: string; body: Uint8Array<ArrayBuffer> } {
  const response = responses.get(path.slice(path.lastIndexOf("/") + 1).replace(/\?.*/, ""));
  if (!response) throw new Error(`there is no fixed response for ${path}`);
  return contentType.startsWith("application/proto")
    ? { type: "application/proto", body: response.proto }
    : { type: "application/json", body: response.json };
}

/** A fetch that responds from memory, without a wait. */
const cannedFetch: typeof fetch = async (input, init) => {
  const headers = init?.headers;
  const contentType =
    headers instanceof Headers ? headers.get("content-type") : Object(headers)["content-type"];
  const { type, body } = cannedResponse(String(input), contentType ?? "");
  return new Response(body, {
    headers: { "content-type": type, "content-length": String(body.length) },
  });
};

/** An address whose requests never leave the process. */
export const cannedAddress = { baseUrl: "http://127.0.0.1:1", fetch: cannedFetch };

function canned<O extends DescMessage>(
  { name, output }: DescMethodUnary<DescMessage, O>,
  init: MessageInitShape<O>,
): [string, Canned] {
  const message = create(output, init);
  const json = new TextEncoder().encode(toJsonString(output, message));
  return [name, { json, proto: toBinary(output, message) }];
}
