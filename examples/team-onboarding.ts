/** Creates a team of two people on a mock server over HTTP, and prints each step. Run it with `npm run demo`. */
import { pathToFileURL } from "node:url";
import { PermissionDeniedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";

/** Runs the scenario, and reports it line by line with `say`. Returns the state at the end. */
export async function onboardTeam(
  say: (line: string) => void,
): Promise<{ members: string[]; counted: number }> {
  const server = createMockServer({ vydon: { cloud: true, rbac: true } });
  const startedAt = server.clock.now();
  await using listener = await listen(server);
  say(`The mock listens at ${listener.url}.`);

  // Two people with a token each, and the worker that reports usage. They are not registered yet.
  const connect = (token: string) => new VydonClient({ baseUrl: listener.url, auth: token });
  const ada = connect(server.vydon.signIn({ email: "ada@example.com", registered: false }).token);
  const grace = connect(server.vydon.signIn({ email: "grace@example.com", registered: false }).token);
  const worker = connect(server.vydon.workerKey().token);

  say("\nSign-up");
  const adaUser = await ada.users.register();
  const graceUser = await grace.users.register();
  say(`  Ada is user ${adaUser.id}, Grace is ${graceUser.id}.`);
  const personal = await ada.accounts.ensurePersonal();
  say(`  Ada has a personal account, ${personal.accountId}.`);
  const { accountId } = await ada.accounts.createTeam({ name: "analytical-engines" });
  say(`  Ada makes the team analytical-engines, ${accountId}.`);

  say("\nInvites");
  const late = await ada.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
  say(`  Grace is invited until ${late.expiresAt.toISOString()}.`);
  server.clock.advance("25h");
  const tooLate = await refusal(() => grace.invites.accept(late.token));
  say(`  25 hours later she accepts: ${tooLate.rawMessage}.`);
  const invite = await ada.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
  const joined = await grace.invites.accept(invite.token);
  say(`  Invited again, she joins ${joined.name} at once.`);

  say("\nRoles");
  const refused = await refusal(() => grace.members.setRole(accountId, graceUser.id, "admin"));
  say(`  Grace makes herself an admin: ${refused.rawMessage}.`);
  await ada.members.setRole(accountId, graceUser.id, "job_developer");
  for await (const { email, role } of ada.members.list(accountId)) say(`  ${email} is ${role}.`);

  say("\nBilling");
  const trial = await ada.billing.validity(accountId);
  say(`  The trial runs until ${trial.trialExpiresAt?.toISOString()}; the account is ${validity(trial)}.`);
  server.clock.advance("14d");
  const ended = await ada.billing.validity(accountId);
  say(`  Two weeks later it is ${validity(ended)}: ${ended.reason}`);
  const checkout = await ada.billing.createCheckoutSession(accountId);
  say(`  Ada pays at ${new URL(checkout.url).host}.`);
  server.vydon.subscribe(accountId);
  const { subscriptionStatus } = await ada.billing.status(accountId);
  const paid = await ada.billing.validity(accountId);
  say(`  Her subscription is ${subscriptionStatus}; the account is ${validity(paid)}.`);
  const event = { eventName: "records", value: 1200, eventId: "run-1" };
  await worker.billing.recordMeterEvent(accountId, event);
  await worker.billing.recordMeterEvent(accountId, event);
  const counted = server.vydon.meterEvents(accountId).length;
  say(
    `  The worker reports the event run-1 twice; it is counted ${counted === 1 ? "once" : `${counted} times`}.`,
  );

  say("\nFarewell");
  await ada.members.remove(accountId, graceUser.id);
  const members = (await ada.members.list(accountId).toArray()).map(({ email }) => email);
  say(`  Grace leaves; the team is ${members.join(", ")}.`);
  const days = Math.floor((server.clock.now() - startedAt) / 86_400_000);
  say(`\nDone: ${server.calls.all().length} calls over a real port, ${days} days of a team's life.`);
  return { members, counted };
}

function validity({ isValid }: { isValid: boolean }): string {
  return isValid ? "valid" : "not valid";
}

/** Returns the error of a call that the server must refuse. */
async function refusal(call: () => Promise<unknown>): Promise<PermissionDeniedError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof PermissionDeniedError) return error;
    throw error;
  }
  throw new Error("the server has not refused this call");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await onboardTeam(console.log);
