/** `npm run soak` simulates an hour of a service in a minute. `npm run soak -- fleet` runs many processes with one login. */
if (process.argv[2] === "fleet") await import("./fleet/run.js");
else await import("./soak.js");

// It has a top-level await, so it has to be a module.
export {};
