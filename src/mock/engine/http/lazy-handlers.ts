import type { DescMethod, DescService } from "@bufbuild/protobuf";
import {
  type ConnectRouter,
  type ConnectRouterOptions,
  createConnectRouter,
  createServiceImplSpec,
  type MethodImplSpec,
  type ServiceImpl,
  type ServiceImplSpec,
} from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";

/**
 * Returns a function that finds the handler for a path. Each handler is created at its first call. To create all of them takes more
 * than a millisecond and a megabyte, and most servers of a test suite get calls to only a few methods.
 *
 * @param wrap - adapts each handler to the transport.
 */
export function lazyHandlers<Handler>(
  routes: (router: ConnectRouter) => void,
  options: ConnectRouterOptions,
  wrap: (handler: UniversalHandler) => Handler,
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
    const wrapped = wrap(handler);
    made.set(path, wrapped);
    return wrapped;
  };
}

/** A router that creates a method's handler only when it is needed. */
class LazyRouter implements ConnectRouter {
  /** Several services may have one name. */
  readonly #services: { readonly typeName: string; readonly specOf: () => ServiceImplSpec }[] = [];
  readonly #router: ConnectRouter;
  #all: UniversalHandler[] | undefined;

  constructor(options: ConnectRouterOptions) {
    this.#router = createConnectRouter(options);
  }

  /** The handlers of all methods. They are created once, because each of gRPC's health checks reads them. */
  get handlers(): UniversalHandler[] {
    this.#all ??= this.#services.flatMap(({ specOf }) =>
      Object.values(specOf().methods).map((method) => this.#add(method)),
    );
    return this.#all;
  }

  service<T extends DescService>(service: T, implementation: Partial<ServiceImpl<T>>): this {
    const specOf = () => createServiceImplSpec(service, implementation);
    this.#services.push({ typeName: service.typeName, specOf });
    return this;
  }

  rpc<M extends DescMethod>(method: M): this {
    throw new Error(`${method.parent.typeName}.${method.name}: the mock puts whole services on its router`);
  }

  /** Creates the handler of the method at a path. Undefined if there is none. */
  make(path: string): UniversalHandler | undefined {
    const [, service = "", name] = path.split("/");
    const named = this.#services.filter(({ typeName }) => typeName === service);
    const methods = named.flatMap(({ specOf }) => Object.values(specOf().methods));
    const method = methods.find((spec) => spec.method.name === name);
    return method === undefined ? undefined : this.#add(method);
  }

  #add(spec: MethodImplSpec): UniversalHandler {
    if (spec.kind !== "unary")
      throw new Error(`${spec.method.name} streams, and the mock serves unary methods only`);
    const handler = this.#router.rpc(spec.method, spec.impl).handlers.at(-1);
    if (handler === undefined) throw new Error(`there is no handler for ${spec.method.name}`);
    return handler;
  }
}
