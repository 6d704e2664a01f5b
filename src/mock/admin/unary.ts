import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { checkRules } from "../engine/rules.js";

/**
 * Creates an RPC. Its request is checked by the schema's rules. The RPC fails with `invalid_argument` if `respond`
 * throws an error.
 */
export function unary<I extends DescMessage, O extends DescMessage>(
  { input }: DescMethodUnary<I, O>,
  respond: (request: MessageShape<I>, context: HandlerContext) => MessageInitShape<O>,
): (request: MessageShape<I>, context: HandlerContext) => MessageInitShape<O> {
  return (request, context) => {
    checkRules(input, request, Date.now());
    try {
      return respond(request, context);
    } catch (error) {
      throw ConnectError.from(error, Code.InvalidArgument);
    }
  };
}
