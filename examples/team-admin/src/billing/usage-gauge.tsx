/** How near the limit is: what `level` a share of it is at. */
export type Level = "good" | "near" | "over";

/** The level of a share of the limit. */
export function levelOf(share: number): Level {
  if (share >= 1) return "over";
  return share >= 0.8 ? "near" : "good";
}

const width = 324;
const height = 36;
const step = 9;
/** Where each bar begins. */
const bars = Array.from({ length: width / step }, (_, index) => index * step);

/** The share of the limit that is used, as a row of bars that fills from the left. `share` is undefined without a limit. */
export function UsageGauge({ share, text }: { share: number | undefined; text: string }) {
  const used = Math.round((share ?? 0) * bars.length) * step;
  return (
    <svg
      className={`gauge gauge-${levelOf(share ?? 0)}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={text}
    >
      {bars.map((x) => (
        <rect
          key={x}
          className={x < used ? "gauge-bar gauge-used" : "gauge-bar"}
          x={x + 1.5}
          y={0}
          width={step - 3}
          height={height}
          rx={2.5}
        />
      ))}
    </svg>
  );
}
