/** The arguments of the command are wrong. */
export class UsageError extends Error {}
