import {
  type ChangeableOptions,
  FamClient,
  type FamClientOptions,
  OnaClient,
  type OnaClientOptions,
  VydonClient,
  type VydonClientOptions,
} from "tenantry";
import { fromEnv, nodeTransport } from "tenantry/node";
import { expectTypeOf, test } from "vitest";

const baseUrl = new URL("https://api.example.com");

test("a base URL may be a URL object", () => {
  new VydonClient({ baseUrl });
  new OnaClient({ baseUrl });
  new FamClient({ baseUrl });
  nodeTransport({ baseUrl });
});

test("each client has a type for its options", () => {
  expectTypeOf<VydonClientOptions>().toEqualTypeOf<ConstructorParameters<typeof VydonClient>[0]>();
  expectTypeOf<OnaClientOptions | undefined>().toEqualTypeOf<ConstructorParameters<typeof OnaClient>[0]>();
  expectTypeOf<FamClientOptions>().toEqualTypeOf<ConstructorParameters<typeof FamClient>[0]>();
  expectTypeOf(fromEnv("vydon")).toExtend<VydonClientOptions>();
});

test("withOptions changes no budget, since both clients share it", () => {
  const client = new VydonClient({ baseUrl, retry: { budget: 5 } });
  expectTypeOf(client.withOptions).parameter(0).toEqualTypeOf<ChangeableOptions>();
  client.withOptions({ retry: { maxAttempts: 2 } });
  // @ts-expect-error the budget is shared
  client.withOptions({ retry: { budget: 0 } });
  // @ts-expect-error so is the address
  client.withOptions({ baseUrl });
});

test("unknown options do not compile", () => {
  // @ts-expect-error it is called auth
  new VydonClient({ baseUrl, apiKey: "a" });
  // @ts-expect-error FAM has no transport
  new FamClient({ baseUrl, transport: undefined });
  // @ts-expect-error it is called timeoutMs
  new OnaClient().accounts.get({ timeout: 5 });
});
