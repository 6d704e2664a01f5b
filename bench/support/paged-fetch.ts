import { isRecord } from "../../src/core/json/fields.js";

/** A list of organizations in pages, as Ona's `ListJoinableOrganizations` returns it. */
export interface PagedList {
  readonly pages: number;
  readonly pageSize: number;
  /** Waits as long as the server takes for a page. Default: no wait. */
  readonly wait?: () => Promise<unknown>;
}

const mark = "PPPPPPPP";

/** A fetch that responds from memory with the requested page. Each organization has its own id. */
export function pagedFetch({ pages, pageSize, wait }: PagedList): typeof fetch {
  const template = JSON.stringify({
    joinableOrganizations: Array.from({ length: pageSize }, (_, index) => ({
      organizationId: `${mark}-0000-4000-8000-${pad(index, 12)}`,
      organizationName: `Organization ${index}`,
      organizationMemberCount: index + 1,
    })),
  });
  const parts = template.slice(0, -1).split(mark);

  return async (_input, init) => {
    const page = Number(tokenIn(init?.body));
    await wait?.();
    const nextToken = page + 1 < pages ? String(page + 1) : "";
    const body = `${parts.join(pad(page, 8))},"pagination":{"nextToken":"${nextToken}"}}`;
    return new Response(body, { headers: { "content-type": "application/json" } });
  };
}

/** The page token of a request. Empty for the first page. */
function tokenIn(body: unknown): string {
  const request: unknown = JSON.parse(String(body));
  const pagination = isRecord(request) ? request["pagination"] : undefined;
  const token = isRecord(pagination) ? pagination["token"] : undefined;
  return typeof token === "string" ? token : "";
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}
