import { useId } from "react";
import { lives } from "./life.ts";

/** A select for how long a key's new value is valid, in days. */
export function LifeSelect({ value, onChange }: { value: number; onChange: (days: number) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Good for</label>
      <select
        id={id}
        className="select"
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {lives.map(({ days, label }) => (
          <option key={days} value={days}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
