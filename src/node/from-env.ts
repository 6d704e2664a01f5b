import { firstSet } from "../core/env.js";
import { InvalidArgumentError } from "../core/errors/errors.js";
import { checkBaseUrl } from "../core/wire/base-url.js";
import { onaUrl, onaVariables } from "../ona/defaults.js";

/** The options of a client that {@link fromEnv} reads. */
export interface EnvOptions {
  /** An absolute URL. The client checks whether it may be plain http. */
  readonly baseUrl: string;
  /** The token. It is never empty. */
  readonly auth: string;
}

/** The variables of each API. If there are several, the first one that is set and not empty is used. */
const variables = {
  vydon: {
    // The vendors' command lines use the names with API_URL.
    baseUrl: ["VYDON_BASE_URL", "VYDON_API_URL", "NEOSYNC_BASE_URL", "NEOSYNC_API_URL"],
    auth: ["VYDON_API_KEY", "NEOSYNC_API_KEY"],
  },
  ona: onaVariables,
  fam: { baseUrl: ["FAM_BASE_URL"], auth: ["FAM_ACCESS_TOKEN"] },
} as const;

/**
 * Reads a client's options from environment variables. If a cell has several, the first one that is set is used:
 *
 * | API | `baseUrl` | `auth` |
 * |---|---|---|
 * | `"vydon"` | `VYDON_BASE_URL`, `VYDON_API_URL`, `NEOSYNC_BASE_URL` or `NEOSYNC_API_URL` | `VYDON_API_KEY` or `NEOSYNC_API_KEY` |
 * | `"ona"` | `ONA_BASE_URL` or `GITPOD_BASE_URL`; default `https://app.ona.com/api` | `ONA_API_KEY` or `GITPOD_API_KEY` |
 * | `"fam"` | `FAM_BASE_URL` | `FAM_ACCESS_TOKEN` |
 *
 * @param env - the variables. Default `process.env`.
 * @throws InvalidArgumentError that names the variable that is missing or is not a URL.
 *
 * @example
 * ```ts
 * const client = new VydonClient(fromEnv("vydon"));
 * ```
 */
export function fromEnv(
  api: keyof typeof variables,
  env: Readonly<Record<string, string | undefined>> = process.env,
): EnvOptions {
  const names = Object.hasOwn(variables, api) ? variables[api] : undefined;
  if (!names)
    throw new InvalidArgumentError(`fromEnv supports ${Object.keys(variables).join(", ")}, not "${api}"`);
  const url = firstSet(names.baseUrl, env);
  const baseUrl = url?.value ?? (api === "ona" ? onaUrl : undefined);
  if (baseUrl === undefined) throw missing(api, "a URL", names.baseUrl);
  const auth = firstSet(names.auth, env)?.value;
  if (auth === undefined) throw missing(api, "a token", names.auth);
  try {
    // The client itself refuses plain http if it is not allowed.
    checkBaseUrl(baseUrl, false);
  } catch (cause) {
    const why = cause instanceof InvalidArgumentError ? cause.violations[0]?.message : undefined;
    throw new InvalidArgumentError(`the environment variable ${url?.name} ${why ?? "is not a URL"}`);
  }
  return { baseUrl, auth };
}

function missing(api: string, what: string, names: readonly string[]): InvalidArgumentError {
  const [first, ...others] = names;
  const or = others.length > 0 ? ` (or ${others.join(", ")})` : "";
  return new InvalidArgumentError(`${api} needs ${what}: set the environment variable ${first}${or}`);
}
