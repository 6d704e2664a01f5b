import type { DescMessage, DescMethod } from "@bufbuild/protobuf";
import { findService } from "../../apis.js";
import { codeNames } from "../../engine/errors.js";
import { isJson } from "../../engine/http/content-types.js";
import { decompress, fromBase64, readDetails, readMessage } from "../recording/read-bodies.js";
import {
  isObject,
  type Json,
  noError,
  parseJson,
  type RecordedCall,
  type Unrecorded,
} from "../recording/recorded-call.js";
import { callerOf, hideSecrets } from "./credentials.js";
import type { Exchange } from "./exchange.js";
import { filterText, hideWords } from "./filter-text.js";
import { PlaceholderMaker } from "./placeholder-maker.js";
import { recordMessage } from "./record-message.js";
import { Times } from "./times.js";

/** A line of a recording. The file adds its number. */
export type RecordedLine = Omit<RecordedCall, "step">;

/** Creates the lines of one recording. A value has the same placeholder in all of them. */
export class CallRecorder {
  readonly #placeholders = new PlaceholderMaker();

  /**
   * Returns an exchange as a line of a recording, without secrets. Returns undefined if the mock does not have the service.
   */
  record(exchange: Exchange): RecordedLine | undefined {
    const [serviceName = "", methodName = ""] = exchange.path.split("/").slice(-2);
    const service = findService(serviceName);
    if (service === undefined) return undefined;
    const method = service.methods.find(({ name }) => name === methodName);

    const placeholders = this.#placeholders;
    // The secrets come first, so that every later text is recorded without them.
    const caller = callerOf(exchange.requestHeaders["authorization"], placeholders);
    hideSecrets(exchange, placeholders);
    const times = new Times(exchange.time);
    const request = this.#request(exchange, method, times);
    const result = this.#result(exchange, method, times);
    const unrecorded: Unrecorded[] = [
      ...(method === undefined ? ["the method" as const] : []),
      ...caller.unrecorded,
      ...request.unrecorded,
      ...result.unrecorded,
    ];
    return {
      time: new Date(exchange.time).toISOString(),
      as: caller.as,
      ...(caller.email !== undefined && { email: caller.email }),
      service: service.typeName,
      method: method?.name ?? unknownMethod(methodName, placeholders),
      request: request.json,
      ...(unrecorded.length > 0 && { unrecorded }),
      httpStatus: exchange.status,
      ...result.fields,
    };
  }

  #request(exchange: Exchange, method: DescMethod | undefined, times: Times): Part {
    const { bytes, encoding, json } = sentMessage(exchange);
    return this.#message(method?.input, decompress(bytes, encoding), json, "request", (time) =>
      times.inRequest(time),
    );
  }

  #result(exchange: Exchange, method: DescMethod | undefined, times: Times): Result {
    const { status, responseHeaders, responseBody } = exchange;
    const bytes = decompress(responseBody, responseHeaders["content-encoding"] ?? "");
    const type = responseHeaders["content-type"] ?? "";
    if (status !== 200) return this.#error(bytes, times);
    const isMessage = isJson(type) || type === "application/proto";
    const toTime = (time: string) => times.inResponse(time);
    const part = this.#message(
      method?.output,
      isMessage ? bytes : undefined,
      isJson(type),
      "response",
      toTime,
    );
    return { fields: { ...noError, response: part.json }, unrecorded: part.unrecorded };
  }

  #message(
    schema: DescMessage | undefined,
    bytes: Uint8Array | undefined,
    isJson: boolean,
    what: "request" | "response",
    toTime: (time: string) => string,
  ): Part {
    const read = schema && bytes && readMessage(schema, bytes, isJson);
    if (read === undefined || read.hadMore) this.#hideRest(bytes, read?.json);
    if (schema === undefined || read === undefined) return { json: null, unrecorded: [`the ${what}`] };
    const json = recordMessage(schema, read.json, { placeholders: this.#placeholders, toTime });
    return { json, unrecorded: read.hadMore ? [`fields of the ${what}`] : [] };
  }

  /** Creates placeholders for the parts of a body that are not recorded. */
  #hideRest(bytes: Uint8Array | undefined, recorded: Json = null): void {
    const rest = textsOf(recorded).reduce(
      (text, known) => text.replaceAll(known, " "),
      new TextDecoder().decode(bytes),
    );
    hideWords(rest, this.#placeholders);
  }

  #error(bytes: Uint8Array | undefined, times: Times): Result {
    const body = parse(bytes);
    const code = codeNames.find((name) => name === body?.["code"]);
    if (body === undefined || code === undefined) {
      return { fields: { ...noError, response: null }, unrecorded: ["the response"] };
    }
    const placeholders = this.#placeholders;
    const toTime = (time: string) => times.inResponse(time);
    const read = readDetails(body["details"]);
    // The details come before the message, so that their values are recognized in the message.
    const details = read.map(
      ({ type, message }): Json => ({
        type: filterText(type, placeholders),
        ...(message && { debug: recordMessage(message.schema, message.json, { placeholders, toTime }) }),
      }),
    );
    return {
      fields: {
        code,
        message: filterText(typeof body["message"] === "string" ? body["message"] : "", placeholders),
        details: details.length === 0 ? null : details,
        response: null,
      },
      unrecorded: read.some(({ message }) => message === undefined) ? ["details of the error"] : [],
    };
  }
}

interface Part {
  readonly json: Json;
  readonly unrecorded: readonly Unrecorded[];
}

interface Result {
  readonly fields: Pick<RecordedCall, "code" | "message" | "details" | "response">;
  readonly unrecorded: readonly Unrecorded[];
}

/** Returns the message of a request: its body, or the query of a GET. */
function sentMessage({ httpMethod, query, requestHeaders, requestBody }: Exchange) {
  if (httpMethod !== "GET") {
    const encoding = requestHeaders["content-encoding"] ?? "";
    return { bytes: requestBody, encoding, json: isJson(requestHeaders["content-type"] ?? "") };
  }
  const message = query.get("message") ?? "";
  const bytes = query.get("base64") === "1" ? fromBase64(message) : new TextEncoder().encode(message);
  return { bytes, encoding: query.get("compression") ?? "", json: query.get("encoding") === "json" };
}

function textsOf(value: Json): string[] {
  if (typeof value === "string") return value.length < 4 ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

function parse(bytes: Uint8Array | undefined): { [key: string]: Json } | undefined {
  const body = parseJson(new TextDecoder().decode(bytes));
  return isObject(body) ? body : undefined;
}

/**
 * Returns the name of a method that the schema does not have. Returns "<method>" if it does not have the form of a
 * name.
 */
function unknownMethod(name: string, placeholders: PlaceholderMaker): string {
  return /^([A-Z][a-z]{1,17}){1,6}$/.test(name) && filterText(name, placeholders) === name
    ? name
    : "<method>";
}
