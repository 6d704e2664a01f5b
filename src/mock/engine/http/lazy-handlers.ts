import type { DescMethod, DescService } from "@bufbuild/protobuf";
import {
  type ConnectRouter,
  type ConnectRouterOptions,
  createConnectRouter,
  createMethodImplSpec,
  createServiceImplSpec,
  type MethodImpl,
  type MethodImplSpec,
  type ServiceImpl,
} from "@connectrpc/connect";
import { createMethodUrl, type UniversalHandler } from "@connectrpc/connect/protocol";
import { type Lifetime, lifetimeOf } from "../time/lifetime.js";

/**
 * The handlers of a server, by path. Each is made at its first call: to make all of them costs more than a millisecond and a
 * megabyte, and most servers of a test suite are called by a few methods.
 *
 * @param wrap - adds to each handler what the transport needs.
 */
export function lazyHandlers<Handler>(
  routes: (router: ConnectRouter) => void,
  options: ConnectRouterOptions,
  wrap: (handler: UniversalHandler, lifetime: Lifetime | undefined) => Handler,
): (path: string) => Handler | undefined {
  const made = new Map<string, Handler>();
  let router: LazyRouter | undefined;

  return function handlerOf(path) {
    const known = made.get(path);
    if (known !== undefined) return known;
    if (router === undefined) {
      router = new LazyRouter(options);
      routes(router);
    }
    const handler = router.make(path);
    if (handler === undefined) return undefined;
    const wrapped = wrap(handler, lifetimeOf(router));
    made.set(path, wrapped);
    return wrapped;
  };
}

/** A router that makes a method's handler only if it is asked for it. */
class LazyRouter implements ConnectRouter {
  readonly #methods = new Map<string, MethodImplSpec>();
  readonly #router: ConnectRouter;

  constructor(options: ConnectRouterOptions) {
    this.#router = createConnectRouter(options);
  }

  /** All handlers: it makes those that are not made yet. gRPC's health check lists them. */
  get handlers(): UniversalHandler[] {
    return Array.from(this.#methods.keys()).flatMap((path) => this.make(path) ?? []);
  }

  service<T extends DescService>(service: T, implementation: Partial<ServiceImpl<T>>): this {
    const { methods } = createServiceImplSpec(service, implementation);
    for (const spec of Object.values(methods)) this.#add(spec);
    return this;
  }

  rpc<M extends DescMethod>(method: M, implementation: MethodImpl<M>): this {
    this.#add(createMethodImplSpec(method, implementation));
    return this;
  }

  /** Makes the handler of the method at a path. Undefined if there is none. */
  make(path: string): UniversalHandler | undefined {
    const spec = this.#methods.get(path);
    if (spec === undefined) return undefined;
    if (spec.kind !== "unary") throw new Error(`${path} streams, and the mock serves unary methods only`);
    this.#router.rpc(spec.method, spec.impl);
    return this.#router.handlers.at(-1);
  }

  #add(spec: MethodImplSpec): void {
    this.#methods.set(createMethodUrl("/", spec.method), spec);
  }
}
