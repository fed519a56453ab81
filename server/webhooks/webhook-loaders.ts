import DataLoader from "dataloader";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { WebhookAttempt, WebhookEndpoint } from "../../schema/webhook.ts";
import type { Database } from "../db/database.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { childPage, childPages } from "../operations/paginate-children.ts";
import { readPageRequest } from "../operations/paginate.ts";
import { attemptList } from "./delivery-list.ts";
import type { WebhooksService } from "./webhooks.service.ts";

interface AttemptsKey {
  readonly deliveryId: string;
  readonly args: ConnectionArgs;
}

/** Reads what belongs to deliveries: for all of a page with one statement. */
export class WebhookLoaders {
  readonly #database: Database;
  readonly #cursors: CursorCodec;
  readonly #webhooks: WebhooksService;

  constructor(database: Database, cursors: CursorCodec, webhooks: WebhooksService) {
    this.#database = database;
    this.#cursors = cursors;
    this.#webhooks = webhooks;
  }

  attempts(context: Context, deliveryId: string, args: ConnectionArgs): Promise<Page<WebhookAttempt>> {
    readPageRequest(args);
    return context.loaders.get(this.#attempts, context).load({ deliveryId, args });
  }

  endpoint(context: Context, endpointId: string): Promise<WebhookEndpoint> {
    return context.loaders.get(this.#endpoints, context).load(endpointId);
  }

  readonly #endpoints = (context: Context) =>
    new DataLoader<string, WebhookEndpoint>(async (ids) => {
      const found = await this.#webhooks.byIds(context, ids);
      return ids.map((id) => found.get(id) ?? new Error("a delivery without its endpoint"));
    });

  readonly #attempts = (context: Context) => {
    const { tenantId } = authorizedScope(context, "webhook:read");
    return new DataLoader<AttemptsKey, Page<WebhookAttempt>, string>(
      (keys) => this.#database.read(tenantId, (session) => this.#load(session, keys)),
      {
        cacheKeyFn: ({ deliveryId, args: { first, last, after, before } }) =>
          JSON.stringify([deliveryId, first, last, after, before]),
      },
    );
  };

  /** Deliveries that are asked for the same page share a statement; with a cursor, which is one's own, each has its own. */
  async #load(session: Parameters<typeof childPage>[0], keys: readonly AttemptsKey[]): Promise<Page<WebhookAttempt>[]> {
    const [first] = keys;
    const isShared = keys.every(
      ({ args }) =>
        args.after == null && args.before == null && args.first === first?.args.first && args.last === first?.args.last,
    );
    if (isShared && first !== undefined) {
      const ids = keys.map(({ deliveryId }) => deliveryId);
      return childPages(session, this.#cursors, attemptList, ids, first.args);
    }
    return Promise.all(
      keys.map(({ deliveryId, args }) => childPage(session, this.#cursors, attemptList, deliveryId, args)),
    );
  }
}
