import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { OnaClient, refreshableToken, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { AccountService } from "tenantry/proto/ona";
import { UserAccountService } from "tenantry/proto/vydon";
import { webTransport } from "tenantry/web";
import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import { contenders, succeeds, thrownBy } from "./contenders.js";
import {
  afterOutage,
  afterRefusal,
  anyTransport,
  baseUrl,
  classOf,
  contentTypeOf,
  endsWithin,
  hasEntry,
  isDate,
  isJson,
  logs,
  runsInterceptor,
  sendsGet,
  sentOnce,
  withProviders,
  withToken,
} from "./tries.js";

/** Checks the claim of a cell in the table. Returns true if the claim is true. */
export type Check = () => unknown;

/** The check of each row of the table, for each contender that can run here. */
export const clientRows: Readonly<
  Record<string, Readonly<Record<"tenantry" | "connect" | "gitpod", Check>>>
> = {
  "Timestamps are Dates": {
    tenantry: async () => (await contenders().tenantry().accounts.get()).createdAt instanceof Date,
    connect: async () => isDate((await contenders().connect().getAccount({})).account?.createdAt),
    gitpod: async () => isDate((await contenders().gitpod().accounts.retrieve({})).account.createdAt),
  },
  "JSON.stringify works with results": {
    tenantry: async () => isJson(await contenders().tenantry().accounts.get()),
    connect: async () => isJson(await contenders().connect().getAccount({})),
    gitpod: async () => isJson(await contenders().gitpod().accounts.retrieve({})),
  },
  "An error class for each situation": {
    tenantry: async () => {
      const client = contenders().tenantry();
      const missing = await thrownBy(() => client.accounts.getSsoLoginUrl({ email: "ada@example.org" }));
      return (
        classOf(missing) !==
        classOf(await thrownBy(() => contenders().tenantry({ auth: "bad" }).accounts.get()))
      );
    },
    connect: async () => {
      const missing = await thrownBy(() =>
        contenders().connect().getSSOLoginURL({ email: "ada@example.org" }),
      );
      const bad = contenders((request) => withToken(request, "bad", createMockServer().fetch)).connect();
      return classOf(missing) !== classOf(await thrownBy(() => bad.getAccount({})));
    },
    gitpod: async () => {
      const client = contenders().gitpod();
      const missing = await thrownBy(() => client.accounts.getSSOLoginURL({ email: "ada@example.org" }));
      const bad = contenders().gitpod({ bearerToken: "bad" });
      return classOf(missing) !== classOf(await thrownBy(() => bad.accounts.retrieve({})));
    },
  },
  "A read is retried if the server is unavailable": {
    tenantry: () => afterOutage(({ tenantry }) => tenantry().accounts.get()),
    connect: () => afterOutage(({ connect }) => connect().getAccount({})),
    gitpod: () => afterOutage(({ gitpod }) => gitpod().accounts.retrieve({})),
  },
  "A write is not retried if the server may have acted": {
    tenantry: () => sentOnce(({ tenantry, accountId }) => tenantry().accounts.delete(accountId)),
    connect: () => sentOnce(({ connect, accountId }) => connect().deleteAccount({ accountId })),
    gitpod: () => sentOnce(({ gitpod, accountId }) => gitpod().accounts.delete({ accountId })),
  },
  "One deadline for a call with all its attempts": {
    tenantry: () => endsWithin(1_000, ({ tenantry }) => tenantry({ timeoutMs: 1_000 }).accounts.get()),
    connect: () => endsWithin(1_000, ({ connect }) => connect({ defaultTimeoutMs: 1_000 }).getAccount({})),
    gitpod: () => endsWithin(1_000, ({ gitpod }) => gitpod({ timeout: 1_000 }).accounts.retrieve({})),
  },
  "A refused token is replaced, and the call is retried": {
    tenantry: () => {
      const each = contenders();
      const { token } = each.server.ona.signIn({ email: "ada@example.com" });
      const refresh = () => ({ accessToken: token });
      const auth = refreshableToken({ refresh, initial: { accessToken: "bad", expiresAt: "2100-01-01" } });
      return succeeds(() => each.tenantry({ auth }).accounts.get());
    },
    connect: () => afterRefusal(({ connect }) => connect().getAccount({})),
    gitpod: () => afterRefusal(({ gitpod }) => gitpod().accounts.retrieve({})),
  },
  "A list fetches its pages by itself": {
    tenantry: async () => {
      const { tenantry } = withProviders();
      return (await tenantry().accounts.listLoginProviders().toArray()).length === 60;
    },
    connect: async () => {
      const { connect } = withProviders();
      return (await connect().listLoginProviders({})).loginProviders.length === 60;
    },
    gitpod: async () => {
      const found: unknown[] = [];
      for await (const provider of withProviders().gitpod().accounts.listLoginProviders({}))
        found.push(provider);
      return found.length === 60;
    },
  },
  "Reads as HTTP GET, for caches": {
    tenantry: () => sendsGet((options) => new VydonClient({ ...options, auth: "any" }).users.current()),
    connect: () =>
      sendsGet((options) => createClient(UserAccountService, createConnectTransport(options)).getUser({})),
    gitpod: async () => {
      const each = contenders();
      await each.gitpod().accounts.retrieve({});
      return each.requests[0]?.method === "GET";
    },
  },
  "gRPC-Web and the binary format": {
    tenantry: () =>
      contentTypeOf((fetch) => {
        const transport = webTransport({ baseUrl, protocol: "grpc-web", services: [AccountService], fetch });
        return new OnaClient({ transport, auth: "any", retry: false }).accounts.get();
      }),
    connect: () =>
      contentTypeOf((fetch) =>
        createClient(AccountService, createGrpcWebTransport({ baseUrl, fetch })).getAccount({}),
      ),
    gitpod: () =>
      contentTypeOf((fetch) => contenders().gitpod({ fetch, maxRetries: 0 }).accounts.retrieve({})),
  },
  "Calls an RPC that it does not know": {
    tenantry: () => {
      const { server, tenantry } = contenders();
      server.ona.addProvider({ provider: "google", loginUrl: "https://in.example.com/" });
      const method = { service: "gitpod.v1.AccountService", name: "ListLoginProviders" };
      return succeeds(() => tenantry().call({ ...method, idempotency: "no_side_effects" }, {}));
    },
    connect: () => ["call", "post", "request"].some((name) => Reflect.has(contenders().connect(), name)),
    gitpod: () =>
      succeeds(() =>
        contenders().gitpod().post("/gitpod.v1.AccountService/ListLoginProviders", { body: {} }),
      ),
  },
  "The headers of a response": {
    tenantry: async () =>
      (await contenders().tenantry().accounts.get().withResponse()).headers instanceof Headers,
    connect: async () => {
      let headers: unknown;
      await contenders()
        .connect()
        .getAccount({}, { onHeader: (given) => (headers = given) });
      return headers instanceof Headers;
    },
    gitpod: async () => {
      const { response } = await contenders().gitpod().accounts.retrieve({}).withResponse();
      return response.headers instanceof Headers;
    },
  },
  "Options for TanStack Query": {
    tenantry: () => hasEntry("package.json", /query/),
    connect: () => hasEntry("node_modules/@connectrpc/connect-web/package.json", /query/),
    gitpod: () => hasEntry("node_modules/@gitpod/sdk/package.json", /query/),
  },
  "OpenTelemetry spans and metrics": {
    tenantry: () => hasEntry("package.json", /otel/),
    connect: () => hasEntry("node_modules/@connectrpc/connect-web/package.json", /otel|telemetry/),
    gitpod: () => hasEntry("node_modules/@gitpod/sdk/package.json", /otel|telemetry/),
  },
  "Interceptors around each call": {
    tenantry: () =>
      runsInterceptor(({ tenantry }, given) => tenantry({ timeoutMs: 5_000, ...given }).accounts.get()),
    connect: () => runsInterceptor(({ connect }, given) => connect(given).getAccount({})),
    gitpod: () =>
      runsInterceptor(({ gitpod }, given) => gitpod({ timeout: 5_000, ...given }).accounts.retrieve({})),
  },
  "Streaming RPCs": {
    tenantry: () => "stream" in webTransport({ baseUrl, services: [AccountService] }),
    connect: () => "stream" in anyTransport,
    gitpod: () => typeof contenders().gitpod().events.watch === "function",
  },
  "All services of the vendor": {
    tenantry: () => "environments" in contenders().tenantry(),
    connect: () => "check" in createClient(Health, anyTransport), // any service, once its code is generated
    gitpod: () => "environments" in contenders().gitpod(),
  },
  "A log, without writing code": {
    tenantry: () => logs(({ tenantry }) => tenantry({ logger: console }).accounts.get()),
    connect: () => logs(({ connect }) => connect().getAccount({})),
    gitpod: () => logs(({ gitpod }) => gitpod({ logLevel: "debug" }).accounts.retrieve({})),
  },
};
