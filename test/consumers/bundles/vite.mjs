import { build } from "vite";
import { run } from "./run.mjs";

await build({
  configFile: false,
  logLevel: "warn",
  build: {
    outDir: "dist/vite",
    rollupOptions: { input: "app.mjs", output: { entryFileNames: "app.mjs" } },
  },
});
await run("dist/vite/app.mjs");
