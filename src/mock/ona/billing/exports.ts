import { Code, ConnectError } from "@connectrpc/connect";
import type { Endpoint } from "../../engine/http/fetch.js";
import { gzip } from "../../engine/http/gzip.js";
import { toMs } from "../../engine/time/duration.js";
import { timeAfter } from "../../engine/time/instant.js";
import { authenticate, recordUse } from "../access/authenticate.js";
import type { OnaCreditUsageRow, UsageExportRow } from "../state/billing-rows.js";
import type { Ona, OnaState } from "../state/state.js";
import { groupBy, sumOf } from "./credits.js";
import { displayNameOf } from "./report.js";

/** The path that serves files of usage. */
export const exportPath = "/credit-usage/export";

const lifeMs = toMs("5m");

/** Adds a file of usage. Returns the path of its link, which is valid for five minutes. */
export function addExport(
  { state, ids, clock }: Ona,
  made: Pick<UsageExportRow, "organizationId" | "userId" | "from" | "to" | "groupBy">,
): string {
  const expiresAt = timeAfter(clock.now(), lifeMs);
  const { id } = state.exports.insert({ ...made, id: ids.token(32), expiresAt });
  return `${exportPath}?${new URLSearchParams({ signature: id })}`;
}

/**
 * Creates the endpoint that serves files of usage: CSV, compressed with gzip. Only the user who requested a file may load it, with their
 * bearer token.
 */
export function createExportEndpoint(ona: Ona): Endpoint {
  const { state, clock } = ona;
  return async (request) => {
    if (request.method !== "GET") return new Response(null, { status: 405, headers: { allow: "GET" } });
    try {
      const caller = authenticate(ona, request.headers);
      recordUse(ona, caller);
      const row = state.exports.get(new URL(request.url).searchParams.get("signature") ?? "");
      if (row === undefined) return refuse(404, "there is no such file");
      if (caller.kind !== "user" || caller.userId !== row.userId)
        return refuse(403, "the file is for another user");
      if (row.expiresAt <= clock.now()) return refuse(410, "the link has expired");
      const csv = new TextEncoder().encode(toCsv(state, row));
      const headers = {
        "content-type": "application/gzip",
        "content-disposition": "attachment; filename=usage.csv.gz",
      };
      return new Response(gzip ? new Uint8Array(await gzip.compress(csv)) : csv, { headers });
    } catch (reason) {
      const { code, rawMessage } = ConnectError.from(reason);
      return refuse(code === Code.Unauthenticated ? 401 : 403, rawMessage);
    }
  };
}

function refuse(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { "content-type": "text/plain" } });
}

function toCsv(state: OnaState, { organizationId, from, to, groupBy: group }: UsageExportRow): string {
  const byResource = group === "resource";
  const rows = state.creditUsage.by("organization", organizationId).filter(({ at }) => at >= from && at < to);
  rows.sort((a, b) => a.at - b.at);
  const cellsOf = (row: OnaCreditUsageRow) => [
    new Date(row.at).toISOString().slice(0, 10),
    row.userId,
    displayNameOf(state, row.userId),
    row.type,
    ...(byResource ? [row.resourceId, row.resource] : []),
  ];
  const groups = groupBy(rows, (row) => JSON.stringify(cellsOf(row)));
  const head = ["date", "user_id", "user", "usage_type", ...(byResource ? ["resource_id", "resource"] : [])];
  const lines = Array.from(groups, ([cells, own]): string[] => [...JSON.parse(cells), String(sumOf(own))]);
  return [[...head, "credits"], ...lines].map((line) => `${line.map(quote).join(",")}\r\n`).join("");
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
