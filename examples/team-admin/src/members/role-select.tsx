import type { VydonAccountRole, VydonAssignableRole } from "tenantry";
import { roles, toRole } from "./roles.ts";

/** A choice of roles. */
export function RoleSelect({
  id,
  label,
  value,
  isBusy = false,
  onChange,
}: {
  id?: string;
  /** Its name if there is no visible label. */
  label?: string;
  value: VydonAccountRole;
  isBusy?: boolean;
  onChange: (role: VydonAssignableRole) => void;
}) {
  return (
    <select
      id={id}
      className="select"
      aria-label={label}
      aria-busy={isBusy || undefined}
      value={value}
      onChange={(event) => onChange(toRole(event.target.value))}
    >
      {!roles.some((role) => role.value === value) && <option value={value}>No role</option>}
      {roles.map((role) => (
        <option key={role.value} value={role.value}>
          {role.label}
        </option>
      ))}
    </select>
  );
}
