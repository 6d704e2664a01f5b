import { UnexpectedResponseError } from "../errors/errors.js";
import { withoutSecrets } from "../errors/secrets.js";
import { requestIdIn } from "../errors/server-error.js";
import { toApiError } from "../errors/to-api-error.js";
import { notFromApi } from "../errors/unexpected-response.js";
import { FieldError, readRest } from "../json/field-error.js";
import { asIs, isRecord } from "../json/fields.js";
import { errorField, refuseErrors } from "../json/refuse-errors.js";
import type { Attempt, Call, Reply, Send } from "./call.js";
import { type Clock, monotonicTime } from "./clock.js";
import { toHeaderRecord } from "./headers.js";
import { type AttemptInfo, emit, type Hooks } from "./hooks.js";
import { onAbort } from "./on-abort.js";
import type { ClientTransport, TransportReply } from "./transport.js";

/**
 * Creates the innermost layer, around the transport. It counts the request and reads the response into the model. Then
 * it reports success, so a response that cannot be read is a failed attempt.
 */
export function attemptLayer({
  transport,
  clock,
  hooks,
}: {
  transport: ClientTransport;
  clock: Clock;
  hooks: readonly Hooks[];
}): Send {
  const hasAttemptHooks = hooks.some(({ onRequest, onResponse }) => onRequest || onResponse);

  async function send<T>({ call, headers, signal, deadline }: Attempt<T>): Promise<Reply<T>> {
    call.attempts++;
    const limitMs = deadline - monotonicTime(clock);
    // The header needs a whole number, of at most eight digits in gRPC. A longer limit is not sent.
    const timeoutMs = limitMs <= 99_999_999 ? Math.max(1, Math.ceil(limitMs)) : undefined;
    const { method, request: message } = call;
    const { authorization } = headers;
    // The token may come from `auth`, the caller or a hook. No error may contain it.
    if (authorization) call.secrets.push(authorization.slice(authorization.lastIndexOf(" ") + 1));
    const hasSecret = call.secrets.length > 0;
    const reply = await transport.send({ method, message, headers, hasSecret, signal, timeoutMs, clock });
    return { data: readModel(call, reply), status: reply.status, headers: reply.headers };
  }

  if (!hasAttemptHooks) return send;
  return async (attempt) => {
    const { call, signal } = attempt;
    const sentAt = monotonicTime(clock);
    const info: AttemptInfo = {
      call: call.info,
      number: call.attempts + 1,
      startedAt: clock.now(),
      requestBytes: new TextEncoder().encode(JSON.stringify(call.request)).length,
    };
    /** Removes the listener. Undefined as soon as the end is reported. */
    let leave: (() => void) | undefined;
    const end = ({ requestId, responseBytes, code }: Partial<AttemptInfo>) => {
      if (!leave) return;
      leave();
      leave = undefined;
      try {
        Object.assign(info, { durationMs: monotonicTime(clock) - sentAt, requestId, responseBytes, code });
      } catch {
        // A hook has frozen the object. The call goes on.
      }
      emit(hooks, "onResponse", info);
    };
    const headers = { ...attempt.headers };
    const setHeader = (name: string, value: string) => {
      // Throws in the hook if the header cannot be sent. The call then goes on without it.
      Object.assign(headers, toHeaderRecord({ [name]: value }));
    };
    emit(hooks, "onRequest", info, { setHeader });
    // Reports the end as soon as the signal aborts, even if the transport ignores it.
    leave = onAbort(signal, () => end(toApiError(signal.reason, call, true)));
    try {
      // A hook may have aborted it.
      signal.throwIfAborted();
      const reply = await send({ ...attempt, headers });
      const length = reply.headers.get("content-length");
      end({
        requestId: withoutSecrets(requestIdIn(reply.headers), call.secrets),
        responseBytes: length ? Number(length) : undefined,
      });
      return reply;
    } catch (reason) {
      end(toApiError(reason, call, signal.aborted));
      throw reason;
    }
  };
}

function readModel<T>(call: Call<T>, { body, headers }: TransportReply): T {
  if (!isRecord(body)) throw notFromApi("not a JSON object", { requestId: requestIdIn(headers) });
  try {
    // `client.call` skips this check, because a response of another API may have a field with that name.
    if (call.read !== asIs) refuseErrors(body);
    return call.read(body);
  } catch (reason) {
    if (!(reason instanceof FieldError)) throw reason;
    // The server has acted, so return what can be read, for example an invite's token.
    const writes = call.method.idempotency !== "no_side_effects" && !errorField(body);
    throw new UnexpectedResponseError(`The response's field ${reason.path} ${reason.message}.`, {
      requestId: requestIdIn(headers),
      partial: writes ? readRest(() => call.read(body)) : undefined,
    });
  }
}
