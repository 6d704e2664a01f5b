import { OnaClient, VydonClient } from "tenantry";
import type { ClientTransport } from "tenantry/connect";
import { expect, it } from "vitest";
import { resourceMethods } from "../support/methods.js";
import { argumentsOf } from "../support/valid-arguments.js";

let sent: object[] = [];
const transport: ClientTransport = {
  async send({ message }) {
    sent.push(message);
    return { body: {}, status: 200, headers: new Headers() };
  },
};
const options = { transport, retry: false } as const;
const methods = Object.entries({ vydon: new VydonClient(options), ona: new OnaClient(options) })
  .flatMap(([api, client]) => resourceMethods(api, client))
  // It polls until the response has `isValid`.
  .filter(({ path }) => path !== "vydon.billing.waitUntilValid");

it.each(methods)(
  "$path passes JSON without undefined to a transport, even if its arguments have undefined fields",
  async ({ path, call }) => {
    sent = [];
    const args = argumentsOf(path);
    const variants = [
      args,
      ...args.flatMap((arg, index) => without(arg).map((less) => args.with(index, less))),
    ];
    for (const variant of variants) await (async () => call(...variant))().catch(() => {});
    expect(sent).not.toEqual([]);
    expect(sent).toStrictEqual(JSON.parse(JSON.stringify(sent)));
  },
);

/** Returns copies of an argument, each with one undefined field. */
function without(arg: unknown): object[] {
  return typeof arg === "object" && arg !== null
    ? Object.keys(arg).map((key) => ({ ...arg, [key]: undefined }))
    : [];
}
