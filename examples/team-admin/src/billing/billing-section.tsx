import { useMutation } from "@tanstack/react-query";
import { useApi } from "../app/api.tsx";
import { useCanEdit, useTeam, useTeamQuery } from "../app/team.tsx";
import { Button } from "../ui/button.tsx";
import { useNotices } from "../ui/notices.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { standing } from "./standing.ts";

/** The state of the team's subscription. */
export function BillingSection({ openBilling }: { openBilling: (url: string) => void }) {
  const { queries, mutations } = useApi();
  const { team } = useTeam();
  const { notifyError } = useNotices();
  const canEdit = useCanEdit();
  const status = useTeamQuery(queries.billing.status);
  const validity = useTeamQuery((id) => queries.billing.validity(id));
  const portal = useMutation(mutations.billing.createPortalSession);
  const checkout = useMutation(mutations.billing.createCheckoutSession);
  const error = status.error ?? validity.error;
  const now = status.data && standing(status.data.subscriptionStatus, validity.data);
  const visit = now?.isPaid ? portal : checkout;

  function open(): void {
    if (team === undefined) return;
    visit.mutate({ accountId: team.id }, { onSuccess: ({ url }) => openBilling(url), onError: notifyError });
  }

  return (
    <section className="card" aria-labelledby="billing-title">
      <div className="card-head">
        <h2 id="billing-title" className="card-title">
          Billing
        </h2>
        {now && <span className={`pill pill-${now.tone}`}>{now.label}</span>}
      </div>
      {error && !status.data && (
        <Problem error={error} onRetry={() => Promise.all([status.refetch(), validity.refetch()])} />
      )}
      {(status.data || !error) && (
        <p className="card-note billing-note">{now ? now.detail : <Skeleton width="70%" />}</p>
      )}
      {canEdit && (status.data || !error) && (
        <Button isBusy={visit.isPending} onClick={open}>
          {now?.isPaid === false ? "Subscribe" : "Manage billing"}
        </Button>
      )}
    </section>
  );
}
