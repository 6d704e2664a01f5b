import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { VydonAssignableRole } from "tenantry";
import { useApi } from "../app/api.tsx";
import { emailProblem, violationOf } from "../app/explain.ts";
import { useTeam } from "../app/team.tsx";
import { RoleSelect } from "../members/role-select.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useNotices } from "../ui/notices.tsx";
import { Problem } from "../ui/problem.tsx";

/** Asks for the email and the role of the person to invite. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { mutations } = useApi();
  const { team } = useTeam();
  const { notify } = useNotices();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<VydonAssignableRole>("job_viewer");
  const invite = useMutation(mutations.invites.create);
  const [mistake, setMistake] = useState<string>();
  const problem = mistake ?? violationOf(invite.error, "email");

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (team === undefined) return;
    const address = email.trim();
    const found = emailProblem(address);
    setMistake(found);
    if (found) {
      // The field moves the focus only if its error is new, but this may be the same error as before.
      event.currentTarget.querySelector("input")?.focus();
      return;
    }
    invite.mutate(
      { accountId: team.id, email: address, role },
      {
        onSuccess() {
          notify({ title: `${address} is invited`, detail: "The invite is valid for 24 hours." });
          onClose();
        },
      },
    );
  }

  return (
    <Dialog title={`Invite a member to ${team?.name}`} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <Field
          label="Email"
          type="email"
          hint="A new invite replaces an open one."
          placeholder="grace@example.com"
          autoComplete="off"
          error={problem}
          value={email}
          onChange={setEmail}
        />
        <div className="field">
          <label htmlFor="invite-role">Role</label>
          <RoleSelect id="invite-role" value={role} onChange={setRole} />
        </div>
        {invite.error && !problem && <Problem error={invite.error} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isBusy={invite.isPending}>
            Send invite
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
