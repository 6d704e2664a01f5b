import { useEffect, useState } from "react";
import { MoonIcon, SunIcon } from "../ui/icons.tsx";

type Theme = "light" | "dark";

/** Switches between the light and the dark theme. Until it is used, the system's theme applies. */
export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>(themeOnScreen);

  useEffect(() => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => setTheme(themeOnScreen());
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, []);

  function toggle(): void {
    const next = theme === "dark" ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    setTheme(next);
    // `index.html` reads it before the first paint.
    localStorage.setItem("theme", next);
  }

  return (
    <button type="button" className="button button-quiet button-icon" onClick={toggle}>
      {theme === "dark" ? <SunIcon /> : <MoonIcon />}
      <span className="visually-hidden">{theme === "dark" ? "Light theme" : "Dark theme"}</span>
    </button>
  );
}

function themeOnScreen(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === "light" || theme === "dark") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
