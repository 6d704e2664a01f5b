/** A phrase that is hard to read. */
interface Phrase {
  readonly pattern: RegExp;
  /** What to write in its place. */
  readonly instead: string;
}

/** The phrases to replace. The patterns are narrow: they match no correct text in this repository. */
export const phrases: readonly Phrase[] = [
  {
    pattern:
      /\b(undefined|null|empty|nothing|only|even|except|none|absent|fine|unspecified|meaningless|refused|succeeds|fails|also|true|false|error|harmless)( \w+)? where\b(?! (it|the \w+|they|to|we|you) (is|was|were|leads?|begins?|ends?|stands?|comes?|goes|listens|came|go)\b)/i,
    instead: 'write "if" or "when"',
  },
  {
    pattern:
      /\bwhere (there (is|are|was|were) (no|none)|it (is|isn't|has|says|does|can|cannot|doesn't|looks) (no|none|not|given)|none\b|nobody\b|this is|that is|no \w+)/i,
    instead: 'write "if" or "when"',
  },
  { pattern: /\banswers (?!(are|were|is|have|of|that|in|and|to the)\b)[a-z]/i, instead: 'write "returns"' },
  { pattern: /\bis answered (with|by)\b/i, instead: 'write "gets" or "fails with"' },
  {
    pattern: /(?<!\bthere )(?<!there's )\b(is|are|was) no (?!longer\b|more\b|\w+ (way|need)\b)/i,
    instead: 'write "is not a"',
  },
  { pattern: /\bgives? (out|word)\b/i, instead: 'write "returns"' },
  { pattern: /\blapse[sd]?\b/i, instead: 'write "expires" or "ends"' },
  { pattern: /\bbefalls?\b/i, instead: 'write "happens to"' },
  { pattern: /\bmany an?\b/i, instead: 'write "many"' },
  { pattern: /\bso-manieth\b/i, instead: 'write "every Nth"' },
  {
    pattern: /\b(as often as|the function that comes back)\b/i,
    instead: "say what is returned, and what calling it does",
  },
  { pattern: /\bbrings? (it|them|everything) back\b/i, instead: 'write "restores"' },
  { pattern: /\bsa(y|id|ys) at once\b/i, instead: 'write "throws"' },
  { pattern: /\bin their place\b/i, instead: 'write "instead"' },
  {
    pattern: /\bnobody in particular\b|\blooks? into\b(?! the (store|account))/i,
    instead: "say what is meant",
  },
  {
    pattern: /\b(whence|wherein|thereby|therein|hence|upon|ought|merely|albeit|lest|shall)\b/i,
    instead: "use a common word",
  },
  { pattern: /\bdoors?\b/i, instead: 'write "transport", "listener" or "handler"' },
  { pattern: /\b(wants?|came|comes?) to know\b|\bdidn't come to know\b/i, instead: 'write "knows"' },
  { pattern: /\bas a wish\b|\bof our own there\b|\bnext to nothing\b/i, instead: "say it plainly" },
  { pattern: /\bcomplains?\b/i, instead: 'write "reports"' },
  { pattern: /\bwhom you\b|\bwhom (it|a|the|he|she)\b/i, instead: 'write "who"' },
  { pattern: /\bfalls? due\b/i, instead: 'write "is due"' },
  { pattern: /\bwho(m)?ever\b|\bwhatever\b/i, instead: 'name who or what it is, or write "any"' },
  {
    pattern: /\b(says|tells) (so|whether|how|why|what)\b/i,
    instead: 'write "shows", "contains" or "returns"',
  },
];
