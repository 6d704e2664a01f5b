/** The JSON message without fields that a lenient server adds to a POST without a body. */
export const emptyMessage = { contentType: "application/json", body: "{}" } as const;

/** Adds an empty message to a POST without body and Content-Type, as older SDKs send it. */
export async function withEmptyMessage(request: Request): Promise<Request> {
  if (request.method !== "POST" || request.headers.has("content-type")) return request;
  // The body is read, because Firefox has no `request.body`.
  const { byteLength } = await request.clone().arrayBuffer();
  if (byteLength > 0) return request;
  const headers = new Headers(request.headers);
  headers.set("content-type", emptyMessage.contentType);
  return new Request(request, { headers, body: emptyMessage.body });
}
