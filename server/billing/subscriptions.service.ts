import type { SubscriptionsArgs } from "../../schema/subscription-list.ts";
import DataLoader from "dataloader";
import type { Page } from "../../schema/connection.ts";
import type { Plan } from "../../schema/plan.ts";
import type { PlanSubscription } from "../../schema/subscription.ts";
import type { Database } from "../db/database.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import type { PeopleService } from "../people/people.service.ts";
import { filterClock } from "../operations/filter-clock.ts";
import { findPlans, toPlan } from "./plan-row.ts";
import { findSubscriptions, subscriptionList, toSubscription } from "./subscription-row.ts";

export interface SubscriptionsOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
}

/** Reads clients' plans: the team's are all of them, a client's are his own. */
export class SubscriptionsService {
  readonly #options: SubscriptionsOptions;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  async subscription(context: Context, id: string): Promise<PlanSubscription | null> {
    authorizedScope(context, "billing:read");
    const uuid = toUuid("PlanSubscription", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  async subscriptions(context: Context, args: SubscriptionsArgs): Promise<Page<PlanSubscription>> {
    const { tenantId, principal } = authorizedScope(context, "billing:read");
    const { database, cursors, people } = this.#options;
    return database.read(tenantId, async (session) => {
      const own = await people.visibleClientIds(session, principal);
      return paginate(
        session,
        cursors,
        subscriptionList(own, await filterClock(session, context, args.filter), args),
        args,
      );
    });
  }

  async byIds(context: Context, ids: readonly string[]): Promise<Map<string, PlanSubscription>> {
    const { tenantId, principal } = authorizedScope(context, "billing:read");
    const { database, people } = this.#options;
    return database.read(tenantId, async (session) => {
      const own = await people.visibleClientIds(session, principal);
      const rows = (await findSubscriptions(session, ids)).filter((row) => own === null || own.includes(row.client_id));
      return new Map(rows.map((row) => [row.id, toSubscription(row)]));
    });
  }

  plan(context: Context, planUuid: string): Promise<Plan> {
    return context.loaders.get(this.#plans, context).load(planUuid);
  }

  readonly #plans = (context: Context) =>
    new DataLoader<string, Plan>(async (ids) => {
      const { tenantId } = authorizedScope(context, "billing:read");
      const rows = await this.#options.database.read(tenantId, (session) => findPlans(session, ids));
      const byId = new Map(rows.map((row) => [row.id, toPlan(row)]));
      return ids.map((id) => byId.get(id) ?? new Error(`there is no plan ${id}`));
    });
}
