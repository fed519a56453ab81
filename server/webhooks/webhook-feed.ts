import type { WebhookDeliveryEvent } from "../../schema/webhook.ts";
import { AppError } from "../operations/app-error.ts";
import type { StateFeed } from "../operations/subscribe-state.ts";
import type { WebhookDeliveriesService } from "./webhook-deliveries.service.ts";
import { type DeliveryRow, toDelivery } from "./webhook-row.ts";

/** What one message can hold; of more changes between two looks the latest are shown. */
const maxChanges = 100;

/**
 * Serves `webhookDeliveryChanged`. Deliveries aren't in the journal (each change would be delivered again), so it looks at
 * those that changed last, and shows what it hasn't shown yet.
 */
export function webhookDeliveryFeed(deliveries: WebhookDeliveriesService): StateFeed {
  return {
    async watch({ endpointId }, context) {
      const latest = () => deliveries.latestChanges(context, String(endpointId), maxChanges);
      const first = await latest();
      if (first === null) {
        throw new AppError("BAD_USER_INPUT", "There is no endpoint with this id.", { reason: "VARIABLES" });
      }
      let shown = new Set(first.map(versionOf));
      let message: WebhookDeliveryEvent = { __typename: "WebhookDeliveryEvent", deliveries: [] };
      let version = 0;
      return async () => {
        const rows = await latest();
        if (rows === null) return { value: message, version: String(version), isFinal: true }; // it was deleted
        const changed = rows.filter((row) => !shown.has(versionOf(row)));
        if (changed.length > 0) {
          version += 1;
          message = { __typename: "WebhookDeliveryEvent", deliveries: changed.toReversed().map(toDelivery) };
        }
        shown = new Set(rows.map(versionOf));
        return { value: message, version: String(version), isFinal: false };
      };
    },
  };
}

function versionOf({
  id,
  status,
  attempts,
  is_claimed: isClaimed,
  next_attempt_at: nextAttemptAt,
}: DeliveryRow): string {
  return [id, status, attempts, isClaimed, nextAttemptAt?.getTime()].join(" ");
}
