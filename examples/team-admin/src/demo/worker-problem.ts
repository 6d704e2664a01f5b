/** Returns why the mock server's worker cannot start, and what to do. Undefined if it can start. */
export async function workerProblem(script: string): Promise<Error | undefined> {
  if (!("serviceWorker" in navigator)) {
    return new Error(
      "This browser has no Service Workers on this page. It has them for https and for localhost only. Open the page as " +
        `http://localhost:${location.port}, and not in a private window.`,
    );
  }
  // A server that does not have the script may send the page instead.
  const response = await fetch(script, { method: "HEAD" });
  const isScript = response.ok && /javascript/.test(response.headers.get("content-type") ?? "");
  if (isScript) return undefined;
  return new Error(
    `The worker’s script, ${script}, is not there. Stop this server, and run \`npm run build\` and \`npm run preview\`: ` +
      "the first of them puts the script in its place. With `vite build` alone, run `npm run prepare-worker` before it.",
  );
}
