/** The content types of unary calls by the Connect protocol, as connect-go accepts them. */
export const connectTypes: readonly string[] = [
  "application/json",
  "application/json; charset=utf-8",
  "application/proto",
];

/** Checks whether messages of this content type are JSON. Otherwise they are binary. */
export function isJson(contentType: string): boolean {
  return /[/+]json(;|$)/.test(contentType);
}

/**
 * Returns the content types that a handler of these protocols accepts, in the order of connect-go's `Accept-Post`. Every handler accepts
 * gRPC-Web.
 */
export function acceptedTypes(protocolNames: readonly string[]): string[] {
  const grpc = protocolNames.includes("grpc") ? grpcTypes("application/grpc") : [];
  return [...grpc, ...grpcTypes("application/grpc-web"), ...connectTypes];
}

function grpcTypes(name: string): string[] {
  return [name, `${name}+json`, `${name}+json; charset=utf-8`, `${name}+proto`];
}

/**
 * Returns a `Content-Type` in the form that connect-go compares: `APPLICATION/JSON;charset=UTF-8` becomes `application/json; charset=utf-8`.
 */
export function canonicalType(contentType: string | null): string {
  const [type = "", ...parameters] = (contentType ?? "").split(";").map((part) => part.trim());
  const given = parameters.filter((parameter) => parameter !== "");
  return [type.toLowerCase(), ...given.map(canonicalParameter)].join("; ");
}

function canonicalParameter(parameter: string): string {
  const [name = "", value = ""] = parameter.split("=", 2);
  const isCharset = name.toLowerCase() === "charset";
  return `${name.toLowerCase()}=${isCharset ? value.replaceAll('"', "").toLowerCase() : value}`;
}
