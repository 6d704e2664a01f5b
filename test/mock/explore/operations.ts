import {
  type DescMessage,
  type DescMethodUnary,
  type Message,
  type MessageInitShape,
  toJsonString,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import type { MockServer } from "tenantry/mock";
import { AccountType, AccountService as Fam } from "../../../gen/fam/v1/account_pb.js";
import { MemberService } from "../../../gen/fam/v1/member_pb.js";
import { AccountService as Ona } from "../../../gen/gitpod/v1/account_pb.js";
import { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../../gen/gitpod/v1/user_pb.js";
import { AccountRole, UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Random } from "../../support/random.js";

export type ApiName = "vydon" | "ona" | "fam";

/** The people of a run. */
export const emails = ["ada@example.com", "grace@example.com", "edsger@example.org"] as const;

/** How a call is sent. */
interface Sending {
  readonly header: Headers;
  readonly signal: AbortSignal;
  readonly timeoutMs: number | undefined;
}

/** A request to send. */
export interface Operation {
  readonly api: ApiName;
  readonly method: string;
  /** Sends the request. Returns the response as text. */
  send(transport: Transport, sending: Sending): Promise<string>;
  /** The response of a log entry as text. */
  textOf(response: Message): string;
}

/** A random request. It often names accounts and users of the server, and is sometimes wrong. */
export function randomOperation(random: Random, server: MockServer): Operation {
  const { apis } = server.snapshot();
  const idOf = (api: ApiName, table: string): string =>
    random.chance(0.9)
      ? (random.pick(apis[api]?.[table] ?? [])?.id ?? "none")
      : "00000000-0000-4000-8000-000000000000";
  const name = random.pick(["acme", "team-2", "t3", ""]);
  const email = random.pick(emails);
  const vydon = UserAccountService.method;
  const accountId = idOf("vydon", "accounts");
  const userId = idOf("vydon", "users");
  const organizationId = idOf("ona", "organizations");
  const id = idOf("fam", "accounts");
  return random.pick([
    operation("vydon", vydon.getUser, {}),
    operation("vydon", vydon.getUserAccounts, {}),
    operation("vydon", vydon.createTeamAccount, { name }),
    operation("vydon", vydon.getTeamAccountMembers, { accountId }),
    operation("vydon", vydon.inviteUserToTeamAccount, { accountId, email, role: AccountRole.ADMIN }),
    // A strict server undoes these two if they leave an account without an admin.
    operation("vydon", vydon.removeTeamAccountMember, { accountId, userId }),
    operation("vydon", vydon.removeTeamAccountMember, { accountId, userId }),
    operation("vydon", vydon.setUserRole, { accountId, userId, role: AccountRole.JOB_VIEWER }),
    operation("vydon", vydon.setUserRole, { accountId, userId, role: AccountRole.JOB_VIEWER }),
    operation("ona", Ona.method.getAccount, {}),
    operation("ona", OrganizationService.method.createOrganization, { name }),
    operation("ona", OrganizationService.method.listMembers, { organizationId }),
    operation("ona", OrganizationService.method.deleteOrganization, { organizationId }),
    operation("ona", UserService.method.createPersonalAccessToken, {
      userId: idOf("ona", "members"),
      description: name,
    }),
    operation("fam", Fam.method.createAccount, { name, type: AccountType.ENTERPRISE }),
    operation("fam", Fam.method.updateAccount, { id, name }),
    operation("fam", Fam.method.listMyPermissions, {}),
    operation("fam", MemberService.method.inviteMember, { accountId: id, email, relations: ["admin"] }),
    operation("fam", Fam.method.deleteAccount, { id }),
  ]);
}

function operation<I extends DescMessage, O extends DescMessage>(
  api: ApiName,
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
): Operation {
  return {
    api,
    method: method.name,
    async send(transport, { header, signal, timeoutMs }) {
      const { message } = await transport.unary(method, signal, timeoutMs, header, request);
      return toJsonString(method.output, message);
    },
    textOf: (response) => toJsonString<DescMessage>(method.output, response),
  };
}
