import DataLoader from "dataloader";
import type { Client } from "../../schema/client.ts";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { Invoice, InvoicesArgs } from "../../schema/invoice.ts";
import type { Payment } from "../../schema/payment.ts";
import type { Database } from "../db/database.ts";
import { isAllowed } from "../operations/authorize.ts";
import { childLoader } from "../operations/child-loader.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { filterClock } from "../operations/filter-clock.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate, readPageRequest } from "../operations/paginate.ts";
import type { PeopleService } from "../people/people.service.ts";
import { invoiceList, invoicesOfClient, invoicesOfSubscription } from "./invoice-list.ts";
import { findInvoices, toInvoice } from "./invoice-row.ts";
import { paymentsOfInvoices, toPayment } from "./payment-row.ts";

export interface InvoicesOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
}

/** Reads invoices: the team's are all of them, a client's are his own. */
export class InvoicesService {
  readonly #options: InvoicesOptions;

  constructor(options: InvoicesOptions) {
    this.#options = options;
  }

  async invoice(context: Context, id: string): Promise<Invoice | null> {
    authorizedScope(context, "billing:read");
    const uuid = toUuid("Invoice", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  async invoices(context: Context, args: InvoicesArgs): Promise<Page<Invoice>> {
    const { tenantId, principal } = authorizedScope(context, "billing:read");
    const { database, cursors, people } = this.#options;
    return database.read(tenantId, async (session) => {
      const own = await people.visibleClientIds(session, principal);
      return paginate(session, cursors, invoiceList(own, await filterClock(session, context, args.filter), args), args);
    });
  }

  async byIds(context: Context, ids: readonly string[]): Promise<Map<string, Invoice>> {
    const { tenantId, principal } = authorizedScope(context, "billing:read");
    const { database, people } = this.#options;
    return database.read(tenantId, async (session) => {
      const own = await people.visibleClientIds(session, principal);
      const rows = (await findInvoices(session, ids)).filter((row) => own === null || own.includes(row.client_id));
      return new Map(rows.map((row) => [row.id, toInvoice(row)]));
    });
  }

  /** Below a client, whom others may see as well: without the right there is nothing. */
  async ofClient(context: Context, { uuid }: Client, args: ConnectionArgs): Promise<Page<Invoice> | null> {
    if (!isAllowed(context.principal, "billing:read")) return null;
    readPageRequest(args);
    return context.loaders.get(this.#ofClients, context).load({ parentId: uuid, args });
  }

  /** Below a subscription that the caller sees. */
  async ofSubscription(context: Context, subscriptionUuid: string, args: ConnectionArgs): Promise<Page<Invoice>> {
    readPageRequest(args);
    return context.loaders.get(this.#ofSubscriptions, context).load({ parentId: subscriptionUuid, args });
  }

  /** Below a payment that the caller sees. */
  async ofPayment(context: Context, { invoiceUuid }: Payment): Promise<Invoice | null> {
    return invoiceUuid === null ? null : context.loaders.get(this.#invoices, context).load(invoiceUuid);
  }

  /** Below an invoice that the caller sees. */
  payments(context: Context, { uuid }: Invoice): Promise<Payment[]> {
    return context.loaders.get(this.#payments, context).load(uuid);
  }

  client(context: Context, { clientUuid }: Invoice): Promise<Client | null> {
    return this.#options.people.client(context, clientUuid);
  }

  readonly #ofClients = (context: Context) => childLoader(this.#below(context), invoicesOfClient);
  readonly #ofSubscriptions = (context: Context) => childLoader(this.#below(context), invoicesOfSubscription);

  readonly #invoices = (context: Context) =>
    new DataLoader<string, Invoice | null>(async (ids) => {
      const found = await this.byIds(context, ids);
      return ids.map((id) => found.get(id) ?? null);
    });

  readonly #payments = (context: Context) => {
    const { tenantId } = authorizedScope(context, "billing:read");
    return new DataLoader<string, Payment[]>(async (ids) => {
      const rows = await this.#options.database.read(tenantId, (session) => paymentsOfInvoices(session, ids));
      return ids.map((id) => rows.filter((row) => row.invoice_id === id).map(toPayment));
    });
  };

  #below(context: Context) {
    const { database, cursors } = this.#options;
    return { database, cursors, tenantId: authorizedScope(context, "billing:read").tenantId };
  }
}
