import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { checkRules } from "../engine/rules.js";

/** An RPC whose request is checked by the schema's rules. Every error of `respond` is `invalid_argument`. */
export function unary<I extends DescMessage, O extends DescMessage>(
  { input }: DescMethodUnary<I, O>,
  respond: (request: MessageShape<I>) => MessageInitShape<O>,
): (request: MessageShape<I>) => MessageInitShape<O> {
  return (request) => {
    checkRules(input, request, Date.now());
    try {
      return respond(request);
    } catch (error) {
      throw ConnectError.from(error, Code.InvalidArgument);
    }
  };
}
