import type { Session } from "../db/session.ts";
import { forgetProofs } from "./proof-row.ts";
import type { ErasedPerson, PersonTies } from "../people/person-ties.port.ts";

/** What billing knows of clients. Money that was moved stays in the books; what still moves keeps its client. */
export const billingTies: PersonTies = {
  async hindrance(session: Session, { kind, id }: ErasedPerson) {
    if (kind !== "Client") return null;
    const [row] = await session.query<{ is_subscribed: boolean; is_paying: boolean }>({
      name: "billing-ties",
      text: `SELECT EXISTS (SELECT FROM subscription WHERE tenant_id = nexora_tenant() AND client_id = $1
          AND state IN ('INCOMPLETE', 'ACTIVE', 'PAST_DUE')) AS is_subscribed,
        EXISTS (SELECT FROM payment WHERE tenant_id = nexora_tenant() AND client_id = $1
          AND state IN ('CREATED', 'PENDING', 'UNKNOWN')) AS is_paying`,
      values: [id],
    });
    if (row?.is_subscribed === true) return { code: "SUBSCRIPTION_OPEN" };
    return row?.is_paying === true ? { code: "PAYMENT_OPEN" } : null;
  },
  async erase(transaction, { kind, id }) {
    if (kind === "Client") await forgetProofs(transaction, id);
    return [];
  },
};
