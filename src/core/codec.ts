import {
  type DescMessage,
  fromBinary,
  fromJson,
  type MessageShape,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";

/** One of Connect's two ways to write a message. */
export interface Codec {
  /** The name in `encoding=…` and `application/…`. */
  readonly name: "proto" | "json";
  encode<D extends DescMessage>(desc: D, message: MessageShape<D>): string | Uint8Array<ArrayBuffer>;
  decode<D extends DescMessage>(desc: D, bytes: Uint8Array): MessageShape<D>;
  /** An encoded message as a part of a URL's query. */
  toQuery(body: string | Uint8Array): string;
}

/** The codecs by the client's `format`. */
export const codecs: { readonly binary: Codec; readonly json: Codec } = {
  binary: {
    name: "proto",
    encode: (desc, message) => toBinary(desc, message),
    decode: (desc, bytes) => fromBinary(desc, bytes),
    toQuery: (body) => `base64=1&message=${typeof body === "string" ? "" : base64Encode(body, "url")}`,
  },
  json: {
    name: "json",
    encode: (desc, message) => toJsonString(desc, message),
    // A field that came after this version is no error; in binary it isn't either. (Not by `fromJsonString`: its search for
    // names that come twice takes as long as all the rest.)
    decode: (desc, bytes) =>
      fromJson(desc, JSON.parse(new TextDecoder().decode(bytes)), { ignoreUnknownFields: true }),
    toQuery: (body) => `message=${encodeURIComponent(String(body))}`,
  },
};
