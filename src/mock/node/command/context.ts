/** Where the command writes, and what ends it. */
export interface CommandContext {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Ends the command when it aborts. */
  readonly signal: AbortSignal;
}
