/** A person's initials. The same person always has the same colour. */
export function Avatar({ name, email }: { name: string; email: string }) {
  const initials = (name || email)
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
  return (
    <span className="avatar" style={{ "--hue": hueOf(email) }} aria-hidden="true">
      {initials}
    </span>
  );
}

function hueOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360_007;
  // Twelve hues, because people cannot distinguish 360.
  return (hash % 12) * 30 + 15;
}
