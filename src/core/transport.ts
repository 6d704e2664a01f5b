import { create, toBinary } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { authLayer, type TokenSource } from "./auth.js";
import { callLayer } from "./call-layer.js";
import { systemClock } from "./clock.js";
import { guardedFetch } from "./fetch.js";
import { hooksLayer } from "./hooks.js";
import { unaryLayer } from "./layer.js";
import type { CommonOptions } from "./options.js";
import { type RetryBudget, retryLayer } from "./retry.js";

/**
 * Puts the layers on a base, outermost last: a call passes
 * `call → retry → auth → hooks → base`, and its answer comes back the same way.
 */
export function layered(
  base: Transport,
  options: CommonOptions,
  shared: { source: TokenSource | undefined; budget: RetryBudget },
): Transport {
  const {
    clock = systemClock,
    hooks = {},
    headers,
    retry = {},
    attemptTimeoutMs,
    timeoutMs = 60_000,
  } = options;
  let transport = hooksLayer(base, hooks, clock);
  if (shared.source || headers) transport = authLayer(transport, { source: shared.source, headers, clock });
  transport = retryLayer(transport, { retry, attemptTimeoutMs, budget: shared.budget, clock, hooks });
  return callLayer(transport, { timeoutMs, clock, hooks });
}

/** A longer URL is not sure to pass every proxy. */
const longestGetMessage = 2048;

/** The base over fetch. */
export function fetchTransport(baseUrl: string, options: CommonOptions): Transport {
  const settings = {
    baseUrl,
    useBinaryFormat: options.format !== "json",
    fetch: guardedFetch(options.fetch),
  };
  const post = createConnectTransport(settings);
  if (!options.useHttpGet) return post;
  const get = createConnectTransport({ ...settings, useHttpGet: true });
  return unaryLayer(post, (method, signal, timeoutMs, header, input, contextValues) => {
    const size = toBinary(method.input, create(method.input, input)).length;
    const transport = size > longestGetMessage ? post : get;
    return transport.unary(method, signal, timeoutMs, header, input, contextValues);
  });
}
