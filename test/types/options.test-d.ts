import {
  type ChangeableOptions,
  type ErrorCode,
  FamClient,
  type FamClientOptions,
  type LogFacts,
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

/** The names of the optional fields of a type. */
type OptionalName<T> = { [Name in keyof T]-?: object extends Pick<T, Name> ? Name : never }[keyof T];
/** The names of the optional fields that refuse undefined. */
type Strict<T> = T extends object
  ? {
      [Name in OptionalName<T>]: { [Field in Name]: undefined } extends Pick<T, Name> ? never : Name;
    }[OptionalName<T>]
  : never;
type ObjectsOf<Method> = Method extends (...values: infer Values) => unknown
  ? Exclude<Values[number], string | Date | readonly unknown[] | ((...values: never[]) => unknown)>
  : never;
type OfResource<Resource> = { [Name in keyof Resource]: Strict<ObjectsOf<Resource[Name]>> }[keyof Resource];
type OfClient<Client> = { [Name in keyof Client]: OfResource<Client[Name]> }[keyof Client];

// Every optional field of an argument accepts undefined.
expectTypeOf<OfClient<VydonClient>>().toBeNever();
expectTypeOf<OfClient<OnaClient>>().toBeNever();
expectTypeOf<OfClient<FamClient>>().toBeNever();
expectTypeOf<LogFacts["code"]>().toEqualTypeOf<ErrorCode | undefined>();
