// A program for Node that is compiled without the library `dom`: every entry whose types don't come from Connect.
import { refreshableToken, VydonClient, webStorageStore } from "tenantry";
import { FamClient } from "tenantry/fam";
import { listMembers } from "tenantry/fam/methods";
import { fileStore, nodeTransport } from "tenantry/node";
import { OnaClient } from "tenantry/ona";
import { getAccount } from "tenantry/ona/methods";
import { otelHooks } from "tenantry/otel";
import { vydonQueries } from "tenantry/query";
import { redisStore } from "tenantry/redis";
import { storeConformance } from "tenantry/testing";
import { getUser } from "tenantry/vydon/methods";

const baseUrl = "https://vydon.example.com";
const headers = { "x-tenant": "acme" };
const client = new VydonClient({ baseUrl, headers, auth: process.env.VYDON_API_KEY });

export async function current(): Promise<string | undefined> {
  const { userId } = await client.call(getUser, {}, { headers: new Headers(headers) });
  return userId;
}

export const others = [
  FamClient,
  OnaClient,
  fileStore,
  getAccount,
  listMembers,
  nodeTransport,
  otelHooks,
  redisStore,
  refreshableToken,
  storeConformance,
  vydonQueries,
  webStorageStore,
];
