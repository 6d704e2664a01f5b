import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import { mounted } from "../contract/calls.js";
import { apiServices } from "../support/services.js";

/** All services that the contract calls, for transports that need them when they are created. */
export const services = [...apiServices, ...Object.values(mounted), Health];
