import { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { admin, type OnaRpcs } from "./access/rpcs.js";
import { toJoinable } from "./messages.js";
import { renewInvite } from "./state/organizations.js";
import type { Ona } from "./state/state.js";

const rpc = OrganizationService.method;

/** Creates the RPCs for invite links. An organization has one at a time. */
export function createInvites(ona: Ona, { access, open, forOrganization }: OnaRpcs) {
  return {
    createOrganizationInvite: forOrganization(
      rpc.createOrganizationInvite,
      admin,
      (_request, { organization }) => ({ invite: { inviteId: renewInvite(ona, organization) } }),
    ),

    getOrganizationInvite: forOrganization(
      rpc.getOrganizationInvite,
      admin,
      (_request, { organization }) => ({
        invite: { inviteId: organization.inviteId ?? renewInvite(ona, organization) },
      }),
    ),

    getOrganizationInviteSummary: open(rpc.getOrganizationInviteSummary, ({ inviteId }) => {
      return toJoinable(ona.state, access.organizationOfInvite(inviteId));
    }),
  };
}
