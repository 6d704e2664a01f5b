import { useEffect, useId, useRef } from "react";
import { AlertIcon } from "./icons.tsx";

/** A text field with its label and its error. A new error moves the focus to the field. */
export function Field({
  label,
  hint,
  error,
  value,
  onChange,
  type = "text",
  autoComplete,
  placeholder,
}: {
  label: string;
  hint?: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "email";
  autoComplete?: string;
  placeholder?: string;
}) {
  const id = useId();
  const ref = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (error) ref.current?.focus();
  }, [error]);

  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={ref}
        id={id}
        className="input"
        type={type}
        value={value}
        placeholder={placeholder}
        autoComplete={autoComplete}
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p
        id={`${id}-note`}
        className={error ? "field-note field-error" : "field-note"}
        role={error ? "alert" : undefined}
      >
        {error ? (
          <>
            <AlertIcon /> {error}
          </>
        ) : (
          hint
        )}
      </p>
    </div>
  );
}
