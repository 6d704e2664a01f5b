import type { DescService } from "@bufbuild/protobuf";
import * as fam from "../../src/proto/fam.js";
import * as ona from "../../src/proto/ona.js";
import * as vydon from "../../src/proto/vydon.js";

/** The services of all APIs. */
export const apiServices: readonly DescService[] = [vydon, ona, fam].flatMap((proto) =>
  Object.values(proto).flatMap((value) =>
    typeof value === "object" && value.kind === "service" ? [value] : [],
  ),
);
