/** The JSON message without fields that a lenient server adds to a POST without a body. */
export const emptyMessage = { contentType: "application/json", body: "{}" } as const;

/** Adds an empty message to a POST without body and Content-Type, as older SDKs send it. */
export function withEmptyMessage(request: Request): Request {
  if (request.method !== "POST" || request.body !== null || request.headers.has("content-type"))
    return request;
  const headers = new Headers(request.headers);
  headers.set("content-type", emptyMessage.contentType);
  return new Request(request, { headers, body: emptyMessage.body });
}
