/** `npm run soak` runs an hour of a service's life in a minute; `npm run soak -- fleet` many processes with one log-in. */
if (process.argv[2] === "fleet") await import("./fleet/run.js");
else await import("./soak.js");

// It has a top-level await, so it has to be a module.
export {};
