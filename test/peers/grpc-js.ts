import { fromBinary, fromJson, type JsonValue, type Message, toBinary, toJson } from "@bufbuild/protobuf";
import { BinaryReader } from "@bufbuild/protobuf/wire";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import { type ChannelOptions, Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import type { Answer, Peer, PeerCall } from "./peer.js";
import { methodOf, readDetail } from "./schema.js";

/** @grpc/grpc-js, the gRPC client of Node. */
export function grpcJs(name: string, options: ChannelOptions = {}): Peer {
  const clients = new Map<string, Client>();
  return {
    name,
    call(baseUrl, call) {
      const { host } = new URL(baseUrl);
      const client = clients.get(host) ?? new Client(host, credentials.createInsecure(), options);
      clients.set(host, client);
      return callUnary(client, call);
    },
    close() {
      for (const client of clients.values()) client.close();
      clients.clear();
    },
  };
}

function callUnary(client: Client, { rpc, token, request = {}, timeoutMs }: PeerCall): Promise<Answer> {
  const { input, output } = methodOf(rpc);
  const metadata = new Metadata();
  if (token !== undefined) metadata.set("authorization", `Bearer ${token}`);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest<Message, JsonValue>(
      `/${rpc}`,
      (message) => Buffer.from(toBinary(input, message)),
      (bytes) => toJson(output, fromBinary(output, bytes)),
      fromJson(input, request),
      metadata,
      timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs },
      (error, response) => {
        if (error !== null) resolve(toAnswer(error));
        else if (response === undefined) reject(new Error("there is neither an error nor a response"));
        else resolve({ code: "ok", response });
      },
    );
  });
}

function toAnswer({ code, details, metadata }: ServiceError): Answer {
  const [bytes] = metadata.get("grpc-status-details-bin");
  return {
    code: (status[code] ?? "").toLowerCase(),
    message: details,
    details: typeof bytes === "object" ? statusDetails(bytes) : [],
  };
}

/** Reads the details of a `google.rpc.Status`: its third field, each an `Any`. */
function statusDetails(bytes: Uint8Array): JsonValue[] {
  const details: JsonValue[] = [];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field !== 3) {
      reader.skip(wireType, field);
      continue;
    }
    const { typeUrl, value } = fromBinary(AnySchema, reader.bytes());
    details.push(readDetail({ type: typeUrl.slice(typeUrl.lastIndexOf("/") + 1), value }));
  }
  return details;
}
