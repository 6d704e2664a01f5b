import type { DescService } from "@bufbuild/protobuf";
import { invalid } from "./convert.js";

/**
 * A service under the name at which a server has it mounted. The name is a part of each method's URL; errors and hooks show it too.
 *
 * @throws InvalidArgumentError where no service can have that name; `option` is what the caller knows it by.
 */
export function mount<Service extends DescService>(
  service: Service,
  typeName: string,
  option: string,
): Service {
  if (typeof typeName !== "string" || !/^[a-z_]\w*(\.[a-z_]\w*)*$/i.test(typeName)) {
    throw invalid(option, `must be a service's full name, such as ${service.typeName}`);
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
