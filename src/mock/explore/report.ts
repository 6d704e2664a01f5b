/** A case that failed. */
export interface ExploreFailure {
  /** The case in the form of {@link ExploreOptions.only}: `lost_response on CreateTeamAccount #1`. */
  readonly only: string;
  /** The error that the test threw. */
  readonly error: unknown;
}

/** The result of {@link explore}. */
export interface ExploreReport {
  /** The requests of the run without faults, in order: `CreateTeamAccount #1`. */
  readonly calls: readonly string[];
  /** How many cases there are: each request with each fault that can hit it. */
  readonly cases: number;
  /** How many of the cases were run. */
  readonly runs: number;
  /** How many of the runs passed. */
  readonly passed: number;
  /** The cases that failed, the smallest first: the earliest request, then the simplest fault, in the order of {@link ExploreFault}. */
  readonly failures: readonly ExploreFailure[];
}

/**
 * A test failed in an exploration. The message begins with a line of code that runs only the smallest failing case, and lists the others. `cause`
 * is the error that the test threw in that case.
 */
export class ExploreError extends Error {
  /** Always "ExploreError". */
  override readonly name = "ExploreError";
  /** The result, with all failures. */
  readonly report: ExploreReport;

  /** @internal */
  constructor(message: string, report: ExploreReport, cause: unknown) {
    super(message, { cause });
    this.report = report;
  }
}

/** How many failures a message lists in addition to the smallest one. */
const maxListed = 10;

/** Returns the error for a report. Undefined if all cases passed. */
export function toError(report: ExploreReport): ExploreError | undefined {
  const { runs, cases, failures } = report;
  const [smallest, ...others] = failures;
  if (smallest === undefined) return undefined;
  const chosen = runs < cases ? `, chosen from ${cases},` : "";
  const lines = others.slice(0, maxListed).map(({ only, error }) => `  ${only}: ${oneLine(error)}`);
  if (others.length > maxListed)
    lines.push(`  and ${others.length - maxListed} more: see error.report.failures`);
  const message = [
    lineToPaste(smallest.only),
    describe(smallest.error),
    "",
    `${failures.length} of ${runs} cases${chosen} failed${others.length === 0 ? "." : ". The others:"}`,
    ...lines,
  ];
  return new ExploreError(message.join("\n"), report, smallest.error);
}

function lineToPaste(only: string): string {
  const actor = only.startsWith("second_actor ") ? "actor, " : "";
  return `explore(server, test, { ${actor}only: ${JSON.stringify(only)} })`;
}

/** Returns a thrown value as text. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
}

function oneLine(error: unknown): string {
  return describe(error).split("\n", 1)[0] ?? "";
}
