import { build } from "vite";
import { run } from "./run.mjs";

const files = [];
await build({
  configFile: false,
  logLevel: "warn",
  plugins: [{ name: "list-files", moduleParsed: ({ id }) => void files.push(id) }],
  build: {
    outDir: "dist/vite",
    rollupOptions: { input: "app.mjs", output: { entryFileNames: "app.mjs" } },
  },
});
await run("dist/vite/app.mjs", files);
