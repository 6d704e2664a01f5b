import type { VydonAccountRole, VydonAssignableRole } from "tenantry";

/** The roles that a member can have. The role with the most permissions comes first. */
export const roles: readonly { readonly value: VydonAssignableRole; readonly label: string }[] = [
  { value: "admin", label: "Admin" },
  { value: "job_developer", label: "Developer" },
  { value: "job_executor", label: "Executor" },
  { value: "job_viewer", label: "Viewer" },
];

/** A role in words. */
export function roleLabel(role: VydonAccountRole): string {
  return roles.find(({ value }) => value === role)?.label ?? "No role";
}

/** The role of this name, as it comes from a form. */
export function toRole(value: string): VydonAssignableRole {
  return roles.find((role) => role.value === value)?.value ?? "job_viewer";
}
