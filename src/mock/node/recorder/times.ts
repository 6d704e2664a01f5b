const hour = 3_600_000;
/** The largest difference from a whole number of hours, in milliseconds, because the clocks of two machines differ. */
const tolerance = 500;

/**
 * Converts the times of one call to placeholders that are also correct on another day: `<now+24h>`, or `<time>` for any
 * time.
 */
export class Times {
  readonly #now: number;
  readonly #sent: { readonly at: number; readonly placeholder: string }[] = [];

  /** `now` is the time of the call, in milliseconds since 1970. */
  constructor(now: number) {
    this.#now = now;
  }

  /** Returns the placeholder of a time in the request. It is relative to the time of the call. */
  inRequest(time: string): string {
    const at = Date.parse(time);
    const placeholder = fromNow((at - this.#now) / hour);
    this.#sent.push({ at, placeholder });
    return placeholder;
  }

  /**
   * Returns the placeholder of a time in the response: the placeholder of the same time in the request, a whole number
   * of hours from now, or `<time>`.
   */
  inResponse(time: string): string {
    const at = Date.parse(time);
    const sent = this.#sent.find((each) => Math.abs(each.at - at) < 2 * tolerance);
    if (sent !== undefined) return sent.placeholder;
    const hours = Math.round((at - this.#now) / hour);
    const isWhole = hours >= 1 && Math.abs(at - this.#now - hours * hour) < tolerance;
    return isWhole ? fromNow(hours) : "<time>";
  }
}

function fromNow(hours: number): string {
  const digits = Math.abs(hours)
    .toFixed(5)
    .replace(/\.?0+$/, "");
  return `<now${hours < 0 ? "-" : "+"}${digits}h>`;
}
