/** Options of esbuild, with which the package is built, too. Packages are not bundled. */
export const asPackage = {
  bundle: true,
  packages: "external",
  tsconfigRaw: {},
  format: "esm",
  platform: "neutral",
  target: "es2022",
  logLevel: "error",
} as const;
