import type { VydonAssignableRole, VydonClient, VydonMember } from "tenantry";

/** A member's role as the page shows it. Undefined if it is not known. */
export interface RolePicker {
  readonly accountId: string;
  readonly userId: string;
  role: VydonMember["role"] | undefined;
}

/** Bug: it shows the new role at once, and still shows it after the server has refused it. */
export async function pickForever(
  picker: RolePicker,
  client: VydonClient,
  role: VydonAssignableRole,
): Promise<void> {
  picker.role = role;
  await client.members.setRole(picker.accountId, picker.userId, role);
}

/** Bug: it shows the old role again, but the server may have set the new one before the call failed. */
export async function pickOrGoBack(
  picker: RolePicker,
  client: VydonClient,
  role: VydonAssignableRole,
): Promise<void> {
  const before = picker.role;
  picker.role = role;
  try {
    await client.members.setRole(picker.accountId, picker.userId, role);
  } catch {
    picker.role = before;
  }
}

/** If the call fails, it shows the role that the server has. */
export async function pick(
  picker: RolePicker,
  client: VydonClient,
  role: VydonAssignableRole,
): Promise<void> {
  picker.role = role;
  try {
    await client.members.setRole(picker.accountId, picker.userId, role);
  } catch {
    picker.role = undefined;
    const members = await client.members.list(picker.accountId).toArray();
    picker.role = members.find(({ userId }) => userId === picker.userId)?.role;
  }
}
