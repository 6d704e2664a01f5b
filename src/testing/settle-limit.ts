/** How many seconds an operation may take. Less than the 5 s that test runners give a test. */
const longestSeconds = 4;

/**
 * Returns the result of an operation. Rejects if the operation does not settle and `progress` does not change for four seconds.
 *
 * @param progress - returns another number after each progress.
 * @param toError - creates the error. `limit` is the time as text.
 */
export async function withinLimit<T>(
  operation: Promise<T>,
  progress: () => number,
  toError: (limit: string) => Error,
): Promise<T> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    let [seen, seconds] = [progress(), 0];
    // Counts seconds, because a computer that sleeps in the meantime has one long second.
    const timer = setInterval(() => {
      seconds = progress() === seen ? seconds + 1 : 0;
      seen = progress();
      if (seconds === longestSeconds) reject(toError(`${longestSeconds} s`));
    }, 1_000);
    cancel = () => clearInterval(timer);
  });
  try {
    return await Promise.race([operation, late]);
  } finally {
    cancel();
  }
}
