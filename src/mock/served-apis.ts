import { createConnectRouter } from "@connectrpc/connect";
import { apiNames, apis, type MockApi } from "./apis.js";
import type { MockServer } from "./mock-server.js";

/** An API as a server serves it: its services may have other names than the vendor's. */
export interface ServedApi {
  readonly name: MockApi;
  /** The paths of its RPCs, such as `/fam.v1.AccountService/GetAccount`. */
  readonly paths: string[];
  /** The path of an RPC for a first call. The RPC needs a token, but no field. */
  readonly sample: string;
}

/** Returns the APIs that a server serves. */
export function servedApis(server: Pick<MockServer, "routes">): ServedApi[] {
  const router = createConnectRouter();
  server.routes(router);
  const pathByRequest = new Map(
    router.handlers.map(({ method, requestPath }) => [method.input, requestPath]),
  );
  return apiNames.flatMap((name) => {
    const { services, sample } = apis[name];
    const methods = services.flatMap((service) => service.methods);
    const paths = methods.flatMap(({ input }) => pathByRequest.get(input) ?? []);
    const samplePath = pathByRequest.get(sample.method.input);
    return samplePath === undefined ? [] : [{ name, paths, sample: samplePath }];
  });
}
