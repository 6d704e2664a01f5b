import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from "@vitest/expect";

/**
 * The part of vitest that the contract suites use, for a page: it collects tests and runs them one after another.
 * `expect` is vitest's own. The bundle has an alias from `vitest` to this file.
 */

type Work = () => unknown;

interface Suite {
  readonly name: string;
  readonly before: Work[];
  readonly after: Work[];
  readonly parent: Suite | undefined;
}

/** The result of a test. */
export interface Outcome {
  readonly name: string;
  readonly error: string | undefined;
}

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

/** @public */
export const expect: Chai.ExpectStatic = chai.expect;

let suite: Suite = { name: "", before: [], after: [], parent: undefined };
const tests: { readonly name: string; readonly suite: Suite; readonly work: Work }[] = [];

function describeOne(name: string, define: Work): void {
  const parent = suite;
  suite = { name: `${parent.name} ${name}`.trim(), before: [], after: [], parent };
  define();
  suite = parent;
}

function itOne(name: string, work: Work): void {
  tests.push({ name: `${suite.name} ${name}`, suite, work });
}

/** Adds a test for each row of a table. A row that is an array is spread over the parameters. */
function eachOf(add: (name: string, work: Work) => void) {
  return (rows: readonly unknown[]) => (name: string, work: (...row: unknown[]) => unknown) => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      add(`${name} (${values.map((value) => nameOf(value)).join(", ")})`, () => work(...values));
    }
  };
}

function nameOf(value: unknown): string {
  if (typeof value === "object" && value !== null && "name" in value) return String(value.name);
  return typeof value === "function" ? "…" : String(value);
}

/** @public */
export const describe = Object.assign(describeOne, { each: eachOf(describeOne) });
/** @public */
export const it = Object.assign(itOne, { each: eachOf(itOne) });

/** @public */
export function beforeEach(work: Work): void {
  suite.before.push(work);
}

/** @public */
export function afterEach(work: Work): void {
  suite.after.push(work);
}

/** Runs the collected tests. */
export async function run(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, suite, work } of tests) outcomes.push({ name, error: await errorOf(suite, work) });
  return outcomes;
}

async function errorOf(suite: Suite, work: Work): Promise<string | undefined> {
  const chain: Suite[] = [];
  for (let each: Suite | undefined = suite; each !== undefined; each = each.parent) chain.unshift(each);
  try {
    for (const { before } of chain) for (const prepare of before) await prepare();
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  } finally {
    for (const { after } of chain.reverse()) for (const clean of after) await clean();
  }
}
