import type { DescService } from "@bufbuild/protobuf";

/**
 * Returns a service with another name. The name is a part of each method's path. @throws Error if the name is not
 * valid.
 */
export function mount<Service extends DescService>(service: Service, typeName: string): Service {
  if (!/^[a-z_]\w*(\.[a-z_]\w*)*$/i.test(typeName)) {
    throw new Error(`"${typeName}" is not the name of a service: give one such as ${service.typeName}`);
  }
  if (typeName === service.typeName) return service;
  const mounted: Service = {
    ...service,
    typeName,
    // A method finds its service by `parent`.
    methods: service.methods.map((method) => ({
      ...method,
      get parent() {
        return mounted;
      },
    })),
  };
  return mounted;
}
