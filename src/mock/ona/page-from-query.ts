import { create } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import { type PaginationRequest, PaginationRequestSchema } from "../../../gen/gitpod/v1/pagination_pb.js";

/** The request of a list that has pages. */
export interface PageRequest {
  pagination?: PaginationRequest | undefined;
}

/**
 * Makes an RPC read `token` and `pageSize` from the query of a POST, because the vendor's older SDK puts them there. They replace the
 * values in the body.
 */
export function withPageFromQuery<Request extends PageRequest, Response>(
  rpc: (request: Request, context: HandlerContext) => Response,
): (request: Request, context: HandlerContext) => Response {
  return (request, context) => {
    // The query of a GET contains the request itself.
    if (context.requestMethod === "POST") copyPage(request, new URL(context.url).searchParams);
    return rpc(request, context);
  };
}

function copyPage(request: PageRequest, query: URLSearchParams): void {
  const token = query.get("token");
  const pageSize = Number(query.get("pageSize") ?? Number.NaN);
  if (token === null && !Number.isInteger(pageSize)) return;
  const pagination = create(PaginationRequestSchema, request.pagination);
  if (token !== null) pagination.token = token;
  if (Number.isInteger(pageSize)) pagination.pageSize = pageSize;
  request.pagination = pagination;
}
