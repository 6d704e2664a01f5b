/** What a request says that older SDKs leave unsaid: that its empty body is a message without fields, in JSON. */
export const emptyMessage = { contentType: "application/json", body: "{}" } as const;

/** A POST without a body and a Content-Type, which a strict server refuses, as one of an empty message. */
export function withMessage(request: Request): Request {
  if (request.method !== "POST" || request.body !== null || request.headers.has("content-type"))
    return request;
  const headers = new Headers(request.headers);
  headers.set("content-type", emptyMessage.contentType);
  return new Request(request, { headers, body: emptyMessage.body });
}
