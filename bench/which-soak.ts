/** `npm run soak` simulates an hour of a service in a minute. `npm run soak -- fleet` runs many processes with one login. */
const [name] = process.argv.slice(2);
if (name !== undefined && name !== "fleet")
  throw new Error(`there is no soak ${name}: give fleet, or nothing`);
if (name === "fleet") await import("./fleet/run.js");
else await import("./soak.js");

// It has a top-level await, so it has to be a module.
export {};
