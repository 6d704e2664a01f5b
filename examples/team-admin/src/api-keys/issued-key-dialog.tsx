import { useId, useRef, useState } from "react";
import type { VydonIssuedApiKey } from "tenantry";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions } from "../ui/dialog.tsx";

/** Shows the value of a key, which cannot be shown again. Only its button closes the dialog, so the user does not lose the value by mistake. */
export function IssuedKeyDialog({ apiKey, onDone }: { apiKey: VydonIssuedApiKey; onDone: () => void }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState("");

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(apiKey.keyValue);
      setOutcome("Copied.");
    } catch {
      // The browser may not allow it.
      field.current?.select();
      setOutcome("The browser did not allow this. The value is selected: copy it by hand.");
    }
  }

  return (
    <Dialog title={`The value of ${apiKey.name}`}>
      <p className="note">Copy it now. It is not shown again, and no page can show it later.</p>
      <div className="field">
        <label htmlFor={id}>API key</label>
        <input ref={field} id={id} className="input input-code" readOnly value={apiKey.keyValue} />
        <p className="field-note" role="status">
          {outcome}
        </p>
      </div>
      <DialogActions>
        <Button onClick={onDone}>Done</Button>
        <Button kind="primary" onClick={() => void copy()} autoFocus>
          Copy
        </Button>
      </DialogActions>
    </Dialog>
  );
}
