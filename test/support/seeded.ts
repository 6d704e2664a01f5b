/** Options for a fast-check property: this number of cases, and the same ones in each run. */
export const seeded = (numRuns: number) => ({ seed: 20_260_101, numRuns });
