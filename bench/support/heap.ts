/** The size of the heap in bytes, after several garbage collections with turns of the event loop between them. */
export async function heapBytes(): Promise<number> {
  if (!globalThis.gc) throw new Error("run with --expose-gc");
  for (let turn = 0; turn < 3; turn++) {
    await new Promise(setImmediate);
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}
