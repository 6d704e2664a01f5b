import type { StoreCheck } from "tenantry/testing";

/** Returns the check of `storeConformance` whose name begins with this. */
export function checkNamed(checks: readonly StoreCheck[], start: string): StoreCheck {
  const check = checks.find(({ name }) => name.startsWith(start));
  if (check === undefined) throw new Error(`there is no check "${start}"`);
  return check;
}
