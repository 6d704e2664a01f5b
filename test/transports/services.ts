import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import { mounted } from "../contract/calls.js";
import { apiServices } from "../support/services.js";

/** Every service that the contract calls, for transports that need the services in advance. */
export const services = [...apiServices, ...Object.values(mounted), Health];
