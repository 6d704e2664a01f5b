import { create } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import { type PaginationRequest, PaginationRequestSchema } from "../../../gen/gitpod/v1/pagination_pb.js";

/** Takes the `token` and `pageSize` that the vendor's older SDK puts in the query of a POST; they win over the body's. */
export function takeQuery<Request extends { pagination?: PaginationRequest | undefined }, Answer>(
  handle: (request: Request, context: HandlerContext) => Answer,
): (request: Request, context: HandlerContext) => Answer {
  return (request, context) => {
    // A GET's query is the protocol's own.
    if (context.requestMethod === "POST") fill(request, new URL(context.url).searchParams);
    return handle(request, context);
  };
}

function fill(request: { pagination?: PaginationRequest | undefined }, query: URLSearchParams): void {
  const token = query.get("token");
  const pageSize = Number(query.get("pageSize") ?? Number.NaN);
  if (token === null && !Number.isInteger(pageSize)) return;
  const pagination = create(PaginationRequestSchema, request.pagination);
  if (token !== null) pagination.token = token;
  if (Number.isInteger(pageSize)) pagination.pageSize = pageSize;
  request.pagination = pagination;
}
