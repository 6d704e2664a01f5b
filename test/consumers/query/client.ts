// The parts that are the same with every framework.
import { OnaClient, VydonClient } from "tenantry";
import { onaQueries, vydonQueries } from "tenantry/query";

export const vydon = new VydonClient({ baseUrl: "https://vydon.example.com" });
export const { users, members } = vydonQueries(vydon);
export const ona = onaQueries(new OnaClient());
