import { create, type DescMessage } from "@bufbuild/protobuf";
import { type PaginationRequest, PaginationRequestSchema } from "../../../gen/gitpod/v1/pagination_pb.js";
import type { Rpc } from "../engine/unary.js";

/** The request of a list that has pages. */
interface PageRequest {
  pagination?: PaginationRequest | undefined;
}

/**
 * Makes the RPC of a list read `token` and `pageSize` from the URL's query, because the vendor's older SDK puts them there. They
 * replace the values in the body. Other RPCs do not change.
 */
export function withPageFromQuery<I extends DescMessage, O extends DescMessage>(
  input: I,
  rpc: Rpc<I, O>,
): Rpc<I, O> {
  return (request, context) => {
    if (hasPages(request, input)) copyPage(request, new URL(context.url).searchParams);
    return rpc(request, context);
  };
}

function hasPages(_request: object, { fields }: DescMessage): _request is PageRequest {
  return fields.some(({ message }) => message?.typeName === PaginationRequestSchema.typeName);
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
