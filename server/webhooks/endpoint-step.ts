import type { JournalService, Transaction } from "../journal/journal.service.ts";
import type { ClaimedDelivery } from "./attempt-send.ts";
import { type AttemptResult, judge } from "./attempt-verdict.ts";
import {
  claimDue,
  lockEndpoint,
  type LockedEndpoint,
  planDeliveries,
  promote,
  promoteNext,
  readEntries,
  type SettledAttempt,
  settleAttempts,
  untilDue,
} from "./delivery-store.ts";
import { type EndpointHealth, healthAfter, isDead } from "./endpoint-health.ts";
import { circuitThreshold, type RetrySchedule } from "./retry-schedule.ts";
import type { DeliveryRow, EndpointRow } from "./webhook-row.ts";

/** An attempt that has ended and isn't written down yet. */
export interface EndedAttempt {
  readonly delivery: DeliveryRow;
  readonly result: AttemptResult;
  readonly durationMs: number;
}

export interface StepOptions {
  readonly journal: JournalService;
  readonly schedule: RetrySchedule;
  /** After this time a claimed delivery is taken for lost. */
  readonly leaseMs: number;
}

export interface StepRequest {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly ended: readonly EndedAttempt[];
  /** How many deliveries may be claimed. */
  readonly free: number;
}

export interface StepOutcome {
  readonly endpoint: EndpointRow;
  readonly claimed: readonly ClaimedDelivery[];
  /** There are entries that aren't planned yet. */
  readonly isBehind: boolean;
  /** Until something comes due that wasn't claimed; null: nothing will, or as much was claimed as could be. */
  readonly dueInMs: number | null;
}

/**
 * One transaction of an endpoint: writes down what has ended, plans what the journal brought, claims what is due. All of it
 * or nothing: a process that is killed between any two lines leaves a state from which another one goes on.
 * Undefined: the endpoint is gone.
 */
export async function stepEndpoint(
  { journal, schedule, leaseMs }: StepOptions,
  { tenantId, endpointId, ended, free }: StepRequest,
): Promise<StepOutcome | undefined> {
  const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: "webhooks" } as const;
  const { result } = await journal.transaction(scope, async (transaction) => {
    const endpoint = await lockEndpoint(transaction, endpointId);
    if (endpoint === undefined) return undefined;
    const { now } = endpoint;
    const settled = settle(endpoint, ended, schedule);
    const isEnabled = endpoint.status === "ENABLED" && !settled.isDead;
    let { health } = settled;
    const isOpen = isEnabled && (health.pausedUntil === null || health.pausedUntil <= now);
    const isBehind = isOpen && endpoint.position < endpoint.head;
    // Statements that don't need each other's answers leave together; the connection keeps their order.
    const [doneSubjects, plan] = await Promise.all([
      settleAttempts(transaction, settled.attempts),
      isBehind ? planDeliveries(transaction, endpoint) : { through: endpoint.position, subjects: [] },
    ]);
    const isProbe = health.failures >= circuitThreshold;
    const limit = isOpen ? Math.min(free, isProbe ? 1 : free) : 0;
    const [, , tests, due] = await Promise.all([
      promoteNext(transaction, endpointId, doneSubjects),
      promote(transaction, endpointId, plan.subjects),
      free > 0 ? claimDue(transaction, endpointId, { kind: "TEST", limit: free, leaseMs }) : [],
      limit > 0 ? claimDue(transaction, endpointId, { kind: "EVENT", limit, leaseMs }) : [],
    ]);
    // Until the probe has ended nobody sends another one.
    if (isProbe && due.length > 0) health = { ...health, pausedUntil: new Date(now.getTime() + leaseMs) };
    const claimed = [...tests, ...due];
    const positions = due.flatMap(({ position }) => (position === null ? [] : [position]));
    const [entries, dueInMs] = await Promise.all([
      readEntries(transaction, positions),
      claimed.length < free ? untilDue(transaction, endpointId, { isEnabled, pausedUntil: health.pausedUntil }) : null,
      saveEndpoint(transaction, endpoint, { health, position: plan.through, isDead: settled.isDead }),
    ]);
    return {
      endpoint,
      claimed: claimed.map((delivery) => ({ delivery, record: entries.get(delivery.position ?? 0n) ?? null })),
      isBehind: isOpen && plan.through < endpoint.head,
      dueInMs,
    };
  });
  return result;
}

interface Settlement {
  readonly attempts: readonly SettledAttempt[];
  readonly health: EndpointHealth;
  readonly isDead: boolean;
}

/** What the ended attempts mean for their deliveries and for the endpoint, in the order in which they ended. */
function settle(
  { now, failures, failing_since: failingSince, paused_until: pausedUntil }: LockedEndpoint,
  ended: readonly EndedAttempt[],
  schedule: RetrySchedule,
): Settlement {
  let health: EndpointHealth = { failures, failingSince, pausedUntil };
  let isGivenUp = false;
  const attempts = ended.map(({ delivery, result, durationMs }): SettledAttempt => {
    const isOnce = delivery.kind === "TEST";
    const attempt = delivery.attempts - delivery.round_start;
    const verdict = judge(result, { attempt, isOnce }, schedule);
    // Neither a payload that can't be made nor our own end says anything about the receiver.
    const isReceivers = result.outcome !== "PAYLOAD_FAILED" && result.outcome !== "INTERRUPTED";
    if (isReceivers) health = healthAfter(health, verdict.next === "SUCCEEDED", now, schedule);
    const isExhausted = verdict.next === "EXHAUSTED";
    const isDeadNow = isReceivers && !isOnce && isDead(health, isExhausted, now, schedule);
    isGivenUp ||= isDeadNow;
    // Of an endpoint that is given up nothing fails for good: enabled again, it goes on with this very delivery.
    const isPending = verdict.next === "RETRY" || (isExhausted && isDeadNow);
    const status = isPending ? "PENDING" : verdict.next === "SUCCEEDED" ? "SUCCEEDED" : "FAILED";
    const afterMs = verdict.next === "RETRY" ? verdict.afterMs : 0;
    return { ...result, deliveryId: delivery.id, number: delivery.attempts, durationMs, status, afterMs };
  });
  return { attempts, health, isDead: isGivenUp };
}

interface EndpointChange {
  readonly health: EndpointHealth;
  readonly position: bigint;
  readonly isDead: boolean;
}

async function saveEndpoint(
  transaction: Transaction,
  endpoint: LockedEndpoint,
  { health, position, isDead: isGivenUp }: EndpointChange,
): Promise<void> {
  const isDisabling = isGivenUp && endpoint.status === "ENABLED";
  const isSame =
    position === endpoint.position &&
    health.failures === endpoint.failures &&
    health.pausedUntil?.getTime() === endpoint.paused_until?.getTime();
  if (isSame && !isDisabling) return;
  await transaction.query({
    name: "webhook-save-endpoint",
    text: `UPDATE webhook_endpoint SET position = $3, failures = $4, failing_since = $5, paused_until = $6,
             status = CASE WHEN $7 THEN 'DISABLED' ELSE status END,
             disabled_reason = CASE WHEN $7 THEN 'FAILING' ELSE disabled_reason END,
             disabled_at = CASE WHEN $7 THEN now() ELSE disabled_at END,
             version = version + $7::int, updated_at = CASE WHEN $7 THEN now() ELSE updated_at END
           WHERE tenant_id = $1 AND id = $2`,
    values: [
      transaction.tenantId,
      endpoint.id,
      position,
      health.failures,
      health.failingSince,
      health.pausedUntil,
      isDisabling,
    ],
  });
  if (!isDisabling) return;
  transaction.record({
    type: "webhook.disabled",
    subjectType: "WebhookEndpoint",
    subjectId: endpoint.id,
    data: { reason: "FAILING", failures: health.failures, failingSince: health.failingSince },
  });
}
