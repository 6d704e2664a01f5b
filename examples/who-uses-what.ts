/**
 * Lists the members of organizations at Ona, with their status and their credits in this month, as a table and as a CSV file.
 *
 *     npx tsx examples/who-uses-what.ts [usage.csv]          on a mock server
 */
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { OnaClient, type OnaMember } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { exitCodeOf } from "./exit-code.js";

/** One member's line. */
export interface Line {
  readonly organization: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly status: string;
  readonly environments: number;
  readonly agents: number;
  /** How much of the budget is used, in percent. Undefined without a budget. */
  readonly budgetUsed: number | undefined;
}

/**
 * Returns a line for every member of the organization of the client's token, and for everyone who has left but used credits this
 * month. The highest usage comes first. The token must be an admin's.
 */
export async function whoUsesWhat(client: OnaClient): Promise<Line[]> {
  const { organizationId } = await client.identity.current();
  const { name: organization } = await client.organizations.get(organizationId);
  const people = new Map<string, OnaMember>();
  const members = client.members.list(organizationId, { statuses: ["active", "suspended", "left"] });
  for await (const member of members) people.set(member.userId, member);

  const lines: Line[] = [];
  for await (const user of client.billing.listUserUsage(organizationId)) {
    const credits = user.monthToDateUsage?.usageByType ?? [];
    const creditsOf = (type: string) => credits.find(({ usageType }) => usageType === type)?.credits ?? 0;
    const { email, role, status } = people.get(user.userId) ?? { email: "", role: "", status: "deleted" };
    lines.push({
      organization,
      name: user.displayName,
      email,
      role,
      status,
      environments: creditsOf("environment"),
      agents: creditsOf("agentic"),
      budgetUsed: user.creditBudget === undefined ? undefined : user.utilizationPercent,
    });
    people.delete(user.userId);
  }
  // The list of usage has only people who used credits.
  for (const { name, email, role, status } of people.values()) {
    if (status === "left") continue;
    const person = { organization, name, email, role, status };
    lines.push({ ...person, environments: 0, agents: 0, budgetUsed: undefined });
  }
  return lines;
}

const titles = ["organization", "name", "email", "role", "status", "environments", "agents", "budget used"];

function cellsOf(line: Line): string[] {
  const credits = [line.environments.toFixed(2), line.agents.toFixed(2)];
  const budgetUsed = line.budgetUsed === undefined ? "" : `${Math.round(line.budgetUsed)}%`;
  return [line.organization, line.name, line.email, line.role, line.status, ...credits, budgetUsed];
}

/** Formats lines for people, in columns. */
export function toTable(lines: readonly Line[]): string[] {
  // A line break in a name would end its row, and a terminal would execute other control characters.
  const rows = [titles, ...lines.map(cellsOf)].map((cells) =>
    cells.map((cell) => cell.replace(/\p{Cc}+/gu, " ")),
  );
  const widths = titles.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** Formats lines as CSV (RFC 4180). */
export function toCsv(lines: readonly Line[]): string {
  return [titles, ...lines.map(cellsOf)].map((cells) => `${cells.map(toCell).join(",")}\r\n`).join("");
}

/** Quotes a cell if necessary. The apostrophe keeps a spreadsheet from running a name as a formula. */
function toCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Reports on the organizations of a mock server. Writes the CSV to `file`, if it is given. */
export async function main(say: (line: string) => void, file?: string): Promise<void> {
  const server = createMockServer();
  const ada = { email: "ada@example.com", role: "admin" as const };
  server.seed({
    ona: {
      organizations: [
        {
          name: "Acme, Inc.",
          members: [
            ada,
            { email: "grace@example.com", creditBudget: 20 },
            { email: "barbara@example.com", status: "suspended" },
            { email: "hedy@example.com", status: "left" },
          ],
          creditUsage: [
            { email: "grace@example.com", credits: 12.5, resource: "api" },
            { email: "grace@example.com", credits: 10, type: "agentic" },
            { email: "hedy@example.com", credits: 3 },
          ],
        },
        { name: "Labs", members: [ada], creditUsage: [{ email: ada.email, credits: 0.75, type: "agentic" }] },
      ],
    },
  });
  const lines: Line[] = [];
  // A token is for one organization.
  for (const organization of ["Acme, Inc.", "Labs"]) {
    const { connect } = server.ona.signIn({ email: ada.email, organization });
    lines.push(...(await whoUsesWhat(new OnaClient(connect()))));
  }
  for (const line of toTable(lines)) say(line);
  if (file !== undefined) await writeFile(file, toCsv(lines));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = await exitCodeOf(() => main(console.log, process.argv[2]), console.error);
}
