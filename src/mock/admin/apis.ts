import type { DescMethod, MessageInitShape } from "@bufbuild/protobuf";
import type { ApiSchema } from "../../../gen/tenantry/mock/v1/admin_pb.js";
import { apiNames, apis } from "../apis.js";

/** Returns the APIs as messages, with the paths of their RPCs. */
export function readApis(): MessageInitShape<typeof ApiSchema>[] {
  return apiNames.map((name) => ({
    name,
    paths: apis[name].services.flatMap(({ methods }) => methods.map(pathOf)),
    sample: pathOf(apis[name].sample.method),
  }));
}

function pathOf({ parent, name }: DescMethod): string {
  return `/${parent.typeName}/${name}`;
}
