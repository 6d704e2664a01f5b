const firstNames = [
  "ada",
  "grace",
  "barbara",
  "frances",
  "jean",
  "radia",
  "karen",
  "evelyn",
  "hedy",
  "joan",
  "kathleen",
  "margaret",
  "mary",
  "ruth",
  "shafi",
  "sophie",
  "stephanie",
  "susan",
  "thelma",
  "whitfield",
  "alan",
  "alonzo",
  "dennis",
  "donald",
  "edsger",
  "john",
  "ken",
  "konrad",
  "leslie",
  "niklaus",
  "noam",
  "peter",
  "ralph",
  "robin",
  "ted",
  "tim",
  "tony",
  "vint",
  "yukihiro",
  "andrew",
];

/** The unique email of the nth person. */
export function email(index: number): string {
  const first = firstNames[index % firstNames.length];
  const round = Math.floor(index / firstNames.length);
  return `${first}${round === 0 ? "" : `.${letters(round)}`}@example.com`;
}

/** 1 is a, 26 is z, 27 is aa. */
function letters(value: number): string {
  const rest = (value - 1) % 26;
  const before = (value - 1 - rest) / 26;
  return `${before > 0 ? letters(before) : ""}${String.fromCharCode(97 + rest)}`;
}

/** A role for the nth person: some admins, more developers, most of them viewers. */
export function role(index: number): "admin" | "job_developer" | "job_executor" | "job_viewer" {
  if (index < 2) return "admin";
  return (["job_developer", "job_viewer", "job_viewer", "job_executor"] as const)[index % 4] ?? "job_viewer";
}

/** Returns this many members of a team, starting with the user. */
export function team(size: number) {
  return Array.from({ length: size }, (_, index) => ({ email: email(index), role: role(index) }));
}
