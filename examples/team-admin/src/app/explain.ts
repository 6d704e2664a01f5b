import {
  AlreadyExistsError,
  ApiError,
  DeadlineExceededError,
  InvalidArgumentError,
  NetworkError,
  PermissionDeniedError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
} from "tenantry";

/** An error, explained to the user. */
export interface Explanation {
  readonly title: string;
  readonly detail: string;
}

/** Explains an error to the user, and what they can do about it. */
export function explain(error: Error): Explanation {
  if (error instanceof NetworkError) {
    return {
      title: "The server can’t be reached",
      detail: "Check your connection, then try again.",
    };
  }
  if (error instanceof PermissionDeniedError) {
    return {
      title: "You may not do this",
      detail: "Your role in this team has changed. Ask one of its admins.",
    };
  }
  if (error instanceof RateLimitedError) {
    return { title: "That was too fast", detail: `The server asks you to wait ${inSeconds(error)}.` };
  }
  if (error instanceof UnauthenticatedError) {
    return { title: "You are signed out", detail: "Sign in again to continue." };
  }
  if (error instanceof DeadlineExceededError) {
    return { title: "The server takes too long", detail: "It may be busy. Try again in a moment." };
  }
  if (error instanceof UnavailableError) {
    return { title: "The server is out of service", detail: "This passes by itself. Try again in a moment." };
  }
  if (error instanceof AlreadyExistsError) {
    return { title: "That exists already", detail: "Choose another name." };
  }
  if (error instanceof InvalidArgumentError) {
    return { title: "The server does not accept this", detail: error.rawMessage };
  }
  return {
    title: "Something went wrong",
    detail: error instanceof ApiError && error.requestId ? `Request ${error.requestId}` : error.message,
  };
}

/** The problem with one field of a form. Undefined if the error is not about that field. */
export function violationOf(error: Error | null, field: string): string | undefined {
  if (!(error instanceof InvalidArgumentError)) return undefined;
  const found = error.violations.find((violation) => violation.field === field);
  return found && (wording[field] ?? sentence(found.message));
}

/** The problem with an email address; undefined if there is none. The server accepts any text, but the invite would never arrive. */
export function emailProblem(email: string): string | undefined {
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email) ? undefined : wording["email"];
}

/** The problem with each field, in words for the user instead of the server's text. */
const wording: Readonly<Record<string, string>> = {
  email: "Enter an email address, such as grace@example.com.",
  name: "Use 3 to 100 lower-case letters, digits and dashes.",
};

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

function inSeconds({ retryAfterMs }: RateLimitedError): string {
  if (retryAfterMs === undefined) return "a little";
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return seconds === 1 ? "one second" : `${seconds} seconds`;
}
