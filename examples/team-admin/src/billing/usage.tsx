import type { VydonBillingStatus } from "tenantry";
import { Skeleton } from "../ui/skeleton.tsx";
import { levelOf, UsageGauge } from "./usage-gauge.tsx";

/** What the team has used of what it may use. */
export function Usage({ status }: { status: VydonBillingStatus | undefined }) {
  if (status === undefined) {
    return (
      <div className="usage" aria-hidden="true">
        <p className="usage-figure">
          <Skeleton width="8rem" />
        </p>
        <UsageGauge share={0} text="" />
        <p className="usage-legend">
          <Skeleton width="12rem" />
        </p>
      </div>
    );
  }
  const { usedRecordCount: used, allowedRecordCount: allowed } = status;
  if (allowed === undefined) {
    return (
      <div className="usage">
        <p className="usage-figure">
          <strong>{number(used)}</strong> records used
        </p>
        <p className="usage-legend">There is no limit.</p>
      </div>
    );
  }
  const share = allowed === 0 ? 1 : used / allowed;
  const percent = new Intl.NumberFormat("en", { style: "percent" }).format(share);
  return (
    <div className="usage">
      <p className="usage-figure">
        <strong>{percent}</strong> of this period’s records
      </p>
      <UsageGauge share={share} text={`${percent} used: ${number(used)} of ${number(allowed)} records`} />
      <p className="usage-legend">
        <span>
          {number(used)} of {number(allowed)} used
        </span>
        <span>{remark(share, allowed - used)}</span>
      </p>
    </div>
  );
}

function remark(share: number, left: number): string {
  switch (levelOf(share)) {
    case "over":
      return "None left";
    case "near":
      return `Only ${number(left)} left`;
    default:
      return `${number(left)} left`;
  }
}

function number(value: number): string {
  return value.toLocaleString("en");
}
