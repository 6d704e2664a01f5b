import { useState } from "react";
import { MoonIcon, SunIcon } from "../ui/icons.tsx";

type Theme = "light" | "dark";

/** Between light and dark. Until it is used, the system decides. */
export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>(shown);

  function toggle(): void {
    const next = theme === "dark" ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    localStorage.setItem("theme", next);
    setTheme(next);
  }

  return (
    <button type="button" className="button button-quiet button-icon" onClick={toggle}>
      {theme === "dark" ? <SunIcon /> : <MoonIcon />}
      <span className="visually-hidden">{theme === "dark" ? "Light theme" : "Dark theme"}</span>
    </button>
  );
}

function shown(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === "light" || theme === "dark") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
