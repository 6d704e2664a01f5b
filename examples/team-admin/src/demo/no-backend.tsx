import { AlertIcon } from "../ui/icons.tsx";

/** Shown instead of the page if the mock server could not start. */
export function NoBackend({ error }: { error: Error }) {
  return (
    <main>
      <div className="no-backend" role="alert">
        <AlertIcon />
        <div>
          <h1>The mock server did not start</h1>
          <p>This page has no other backend, so there is nothing to show.</p>
          <p>{withCode(error.message)}</p>
        </div>
      </div>
    </main>
  );
}

/** Shows the parts of a text between backticks as code. */
function withCode(text: string) {
  return text.split("`").map((part, place) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the text does not change.
    return place % 2 === 1 ? <code key={place}>{part}</code> : part;
  });
}
