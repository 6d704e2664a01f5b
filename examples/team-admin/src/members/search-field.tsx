import { SearchIcon } from "../ui/icons.tsx";

/** A search for members by name or email. When `found` changes, screen readers read it out. */
export function SearchField({
  value,
  onChange,
  found,
}: {
  value: string;
  onChange: (value: string) => void;
  found: number | undefined;
}) {
  return (
    <search className="search">
      <SearchIcon />
      <input
        type="search"
        className="input"
        aria-label="Search members by name or email"
        placeholder="Search by name or email"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <output className="visually-hidden">
        {value !== "" && found !== undefined && `${found} ${found === 1 ? "member" : "members"} found`}
      </output>
    </search>
  );
}
