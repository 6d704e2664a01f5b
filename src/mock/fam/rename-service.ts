import type { DescService } from "@bufbuild/protobuf";

/** Returns a service with another name. The name is a part of each method's path. */
export function renameService<Service extends DescService>(service: Service, typeName: string): Service {
  if (typeName === service.typeName) return service;
  const renamed: Service = {
    ...service,
    typeName,
    // A method finds its service by `parent`.
    methods: service.methods.map((method) => ({
      ...method,
      get parent() {
        return renamed;
      },
    })),
  };
  return renamed;
}
