/**
 * Prints the hash of the recorded story, and with `--text` the story: to compare one platform with another.
 *
 *     npx tsx test/determinism/story.ts
 */
import { hashOf, recordStory } from "./record.js";

const text = await recordStory();
process.stdout.write(process.argv.includes("--text") ? text : `${await hashOf(text)}\n`);
