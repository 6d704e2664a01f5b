import { explain } from "../app/explain.ts";
import { Button } from "./button.tsx";
import { AlertIcon } from "./icons.tsx";

/** Shown instead of content that could not be loaded: the reason, and a button that tries again. */
export function Problem({
  error,
  note,
  onRetry,
}: {
  error: Error;
  /** A further text for the user. */
  note?: string | undefined;
  onRetry?: () => unknown;
}) {
  const { title, detail } = explain(error);
  return (
    <div className="problem" role="alert">
      <AlertIcon />
      <p className="problem-text">
        <strong>{title}</strong>
        <span>
          {detail} {note}
        </span>
      </p>
      {onRetry && (
        <Button size="small" onClick={() => void onRetry()}>
          Try again
        </Button>
      )}
    </div>
  );
}
