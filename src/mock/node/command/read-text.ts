import { readFile } from "node:fs/promises";

/** Reads a text file without its byte order mark. It may be in UTF-8, or in UTF-16 as PowerShell writes it. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}
