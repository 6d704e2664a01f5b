import { forkWorker } from "./fork-worker.js";
import type { Issuer } from "./issuer.js";
import type { Order, Report, WorkerOptions } from "./messages.js";

/**
 * Starts processes whose token has expired, and lets them all call at the same time.
 *
 * @returns how many refreshes they made, how many calls failed, and how long it took in milliseconds.
 */
export async function startAtOnce(
  count: number,
  { program, worker, issuer }: { program: string; worker: WorkerOptions; issuer: Issuer },
): Promise<{ refreshes: number; failures: string[]; ms: number }> {
  const failures: string[] = [];
  const options: WorkerOptions = { ...worker, pauseMs: "once" };
  const children = Array.from({ length: count }, () => forkWorker(program, options));
  const ended = children.map((child) => new Promise((resolve) => child.on("exit", resolve)));
  await Promise.all(
    children.map(
      (child) =>
        new Promise<void>((resolve) => {
          child.on("message", (report: Report) => {
            if (report.type === "ready") resolve();
            else if (report.type === "failed") failures.push(`${report.name}: ${report.message}`);
          });
        }),
    ),
  );
  const before = issuer.report.used;
  const began = performance.now();
  const start: Order = { type: "start" };
  for (const child of children) child.send(start);
  await Promise.all(ended);
  return { refreshes: issuer.report.used - before, failures, ms: performance.now() - began };
}
