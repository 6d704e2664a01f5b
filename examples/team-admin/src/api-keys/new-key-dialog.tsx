import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { AlreadyExistsError, type VydonIssuedApiKey } from "tenantry";
import { useApi } from "../app/api.tsx";
import { violationOf } from "../app/explain.ts";
import { useTeam } from "../app/team.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Problem } from "../ui/problem.tsx";
import { endAfter } from "./life.ts";
import { LifeSelect } from "./life-select.tsx";

/** Asks for a key's name and how long it is valid, and creates it. Only the server checks the name. */
export function NewKeyDialog({
  onClose,
  onIssued,
}: {
  onClose: () => void;
  onIssued: (key: VydonIssuedApiKey) => void;
}) {
  const { mutations } = useApi();
  const { team } = useTeam();
  const [name, setName] = useState("");
  const [days, setDays] = useState(90);
  // The result has the key's value, which should not be kept longer than it is on screen.
  const create = useMutation({ ...mutations.apiKeys.create, gcTime: 0 });
  const { error } = create;
  const nameError =
    error instanceof AlreadyExistsError
      ? "This team already has a key with this name."
      : violationOf(error, "name");

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (team === undefined) return;
    create.mutate({ accountId: team.id, name, expiresAt: endAfter(days) }, { onSuccess: onIssued });
  }

  return (
    <Dialog title="New API key" onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <Field
          label="Name"
          hint="Lower-case letters, digits and dashes."
          placeholder="nightly-sync"
          error={nameError}
          value={name}
          onChange={setName}
          autoComplete="off"
        />
        <LifeSelect value={days} onChange={setDays} />
        {error && !nameError && <Problem error={error} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isBusy={create.isPending}>
            Create key
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
