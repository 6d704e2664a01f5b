import { Random } from "../test/support/random.js";

/** One of the programs that a bench compares. `run` does the work once. */
export interface Contender {
  readonly name: string;
  readonly run: () => Promise<unknown> | unknown;
}

/** The cost of a contender. */
export interface Cost {
  readonly name: string;
  /** One sample for each round: the CPU time of one run in microseconds, unless the table has another unit. */
  readonly samples: readonly number[];
  readonly median: number;
  /** The middle half of the samples lies between these two. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * Compares contenders in one process. Each round runs a block of each contender, in a random order, so that other work of the
 * machine affects all of them equally. It measures CPU time, because other processes do not add to it. Many small blocks are
 * better than few large ones: with them, the ratio of a function to itself is 1.00.
 *
 * `blockMs` is the approximate duration of a block. It includes collecting the block's garbage, so that no contender pays for
 * another's. Run it with `--expose-gc`.
 */
export async function compare(
  contenders: readonly Contender[],
  {
    rounds = 300,
    blockMs = 3,
    warmUpMs = 400,
  }: { rounds?: number; blockMs?: number; warmUpMs?: number } = {},
): Promise<Cost[]> {
  for (const contender of contenders) await runsWithin(contender, warmUpMs);
  const lanes: { contender: Contender; block: number; samples: number[] }[] = [];
  for (const contender of contenders) {
    // After the code of all contenders is compiled. A block's fixed cost must be the same share of every block.
    const runs = await runsWithin(contender, warmUpMs);
    lanes.push({ contender, block: Math.max(1, Math.round((runs * blockMs) / warmUpMs)), samples: [] });
  }
  const random = new Random(1);
  for (let round = 0; round < rounds; round++) {
    for (const { contender, block, samples } of shuffled(lanes, random)) {
      const before = cpuMicroseconds();
      for (let i = 0; i < block; i++) await contender.run();
      // After a turn of the event loop, objects that only this turn kept alive are garbage.
      await new Promise(setImmediate);
      collectYoung();
      samples.push((cpuMicroseconds() - before) / block);
    }
  }
  return lanes.map(({ contender, samples }) => toCost(contender.name, samples));
}

/** The CPU time that this process has used, in microseconds. Reading it takes a microsecond itself. */
export function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Samples with their median and spread. */
export function toCost(name: string, samples: readonly number[]): Cost {
  return {
    name,
    samples,
    median: quantile(samples, 0.5),
    lower: quantile(samples, 0.25),
    upper: quantile(samples, 0.75),
  };
}

/** A cost in microseconds, in milliseconds. */
export function inMilliseconds({ name, samples, median, lower, upper }: Cost): Cost {
  return {
    name,
    samples: samples.map((sample) => sample / 1000),
    median: median / 1000,
    lower: lower / 1000,
    upper: upper / 1000,
  };
}

/** The median of the ratios of two costs in each round, so that a slowdown of a whole round does not count. */
export function ratio(of: Cost, over: Cost): number {
  return quantile(
    of.samples.map((sample, round) => sample / (over.samples[round] ?? Number.NaN)),
    0.5,
  );
}

/** The value below which this part of the sample lies: 0.5 for the median. */
export function quantile(sample: readonly number[], part: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/** Collects young garbage. Takes 40 µs if there is none. */
function collectYoung(): void {
  if (!globalThis.gc) throw new Error("run with --expose-gc");
  void globalThis.gc({ type: "minor" });
}

/** How often the work runs in this much CPU time. In real time, it would run less often on a busy machine. */
async function runsWithin({ run }: Contender, ms: number): Promise<number> {
  const end = cpuMicroseconds() + ms * 1000;
  for (let runs = 1; ; runs++) {
    await run();
    // After 16 runs, the clock is read only at every 16th run, because reading it costs a microsecond.
    if (runs > 16 && runs % 16 !== 0) continue;
    if (cpuMicroseconds() >= end) return runs;
  }
}

/** The items in a random order. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random.number() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
