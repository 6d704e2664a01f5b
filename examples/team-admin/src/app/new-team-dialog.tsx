import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { AlreadyExistsError } from "tenantry";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useNotices } from "../ui/notices.tsx";
import { Problem } from "../ui/problem.tsx";
import { useApi } from "./api.tsx";
import { violationOf } from "./explain.ts";

/** Asks for a name, and creates a team. Only the server checks the name; its error is shown under the field. */
export function NewTeamDialog({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (accountId: string) => void;
}) {
  const { mutations } = useApi();
  const { notify } = useNotices();
  const [name, setName] = useState("");
  const createTeam = useMutation(mutations.accounts.createTeam);
  const { error } = createTeam;
  const nameError =
    error instanceof AlreadyExistsError
      ? "You already have a team with this name."
      : violationOf(error, "name");

  function submit(event: FormEvent): void {
    event.preventDefault();
    createTeam.mutate(
      { name },
      {
        onSuccess({ accountId }) {
          notify({ title: `${name} is ready`, detail: "You are its admin." });
          onCreated(accountId);
        },
      },
    );
  }

  return (
    <Dialog title="New team" onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <Field
          label="Name"
          hint="Lower-case letters, digits and dashes."
          error={nameError}
          value={name}
          onChange={setName}
          autoComplete="off"
        />
        {error && !nameError && <Problem error={error} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isBusy={createTeam.isPending}>
            Create team
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
