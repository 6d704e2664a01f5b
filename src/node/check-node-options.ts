import { flag } from "../core/checks/arguments.js";
import {
  type Checks,
  checkedElsewhere,
  checkOptions,
  count,
  millis,
  must,
  oneOf,
} from "../core/checks/check-options.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { isRecord } from "../core/json/fields.js";
import type { NodeTransportOptions } from "./node-transport-options.js";

const checks: Checks<NodeTransportOptions> = {
  baseUrl: checkedElsewhere,
  protocol: oneOf("connect", "grpc", "grpc-web"),
  httpVersion: oneOf("1.1", "2"),
  format: oneOf("binary", "json"),
  useHttpGet: flag,
  // This is Connect's own limit. Connect's error would not name the option.
  maxResponseBytes: count(1, 2 ** 32 - 1),
  allowInsecureAuth: flag,
  tls: must(isRecord, "an object"),
  pingIntervalMs: millis(1),
  idleConnectionTimeoutMs: millis(0),
};

/** @throws InvalidArgumentError if an option is wrong. */
export function checkNodeOptions(options: NodeTransportOptions): void {
  checkOptions(options, checks, "nodeTransport");
  if (options.protocol === "grpc" && options.httpVersion === "1.1") {
    throw invalidArgument("protocol", '"grpc" needs httpVersion "2"');
  }
}
