import { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { failure } from "../engine/errors.js";
import { admin, type OnaRpcs } from "./access/rpcs.js";
import { toJoinable } from "./messages.js";
import { renewInvite } from "./state/organizations.js";
import type { Ona } from "./state/state.js";

const rpc = OrganizationService.method;

/** Invite links. An organization has one at a time. */
export function createInvites(ona: Ona, { open, forOrganization }: OnaRpcs) {
  const { state } = ona;

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
      const [organization] = state.organizations.by("invite", inviteId);
      if (organization === undefined) throw failure("not_found", "invite not found");
      return toJoinable(state, organization);
    }),
  };
}
