import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Client } from "../../schema/client.ts";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { Invoice, InvoiceConnection, InvoicesArgs } from "../../schema/invoice.ts";
import { Payment } from "../../schema/payment.ts";
import { PlanSubscription } from "../../schema/subscription.ts";
import type { Context } from "../operations/context.ts";
import type { InvoicesService } from "./invoices.service.ts";

@Resolver(() => Invoice)
export class InvoicesResolver {
  readonly #invoices: InvoicesService;

  constructor(invoices: InvoicesService) {
    this.#invoices = invoices;
  }

  @Extensions({ action: "billing:read" })
  @Query(() => Invoice, { nullable: true, description: "One invoice; null when there is none with this id." })
  invoice(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The invoice's id." }) id: string,
  ): Promise<Invoice | null> {
    return this.#invoices.invoice(context, id);
  }

  @Extensions({ action: "billing:read" })
  @Query(() => InvoiceConnection, {
    description: "Invoices, newest first unless an order is given; a client's are his own.",
  })
  invoices(@Ctx() context: Context, @Args(() => InvoicesArgs) args: InvoicesArgs): Promise<Page<Invoice>> {
    return this.#invoices.invoices(context, args);
  }

  @FieldResolver(() => Client, { nullable: true, description: "Who is billed." })
  client(@Root() invoice: Invoice, @Ctx() context: Context): Promise<Client | null> {
    return this.#invoices.client(context, invoice);
  }

  @Extensions({ cost: { size: 1 } })
  @FieldResolver(() => [Payment], {
    description: "How it is paid: one payment, unless a way to pay was given up. None for what costs nothing.",
  })
  payments(@Root() invoice: Invoice, @Ctx() context: Context): Promise<Payment[]> {
    return this.#invoices.payments(context, invoice);
  }
}

@Resolver(() => Payment)
export class PaymentInvoiceResolver {
  readonly #invoices: InvoicesService;

  constructor(invoices: InvoicesService) {
    this.#invoices = invoices;
  }

  @FieldResolver(() => Invoice, { nullable: true, description: "What it pays." })
  invoice(@Root() payment: Payment, @Ctx() context: Context): Promise<Invoice | null> {
    return this.#invoices.ofPayment(context, payment);
  }
}

@Resolver(() => PlanSubscription)
export class SubscriptionInvoicesResolver {
  readonly #invoices: InvoicesService;

  constructor(invoices: InvoicesService) {
    this.#invoices = invoices;
  }

  @FieldResolver(() => InvoiceConnection, { description: "What it was billed, newest first." })
  invoices(
    @Root() { uuid }: PlanSubscription,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ): Promise<Page<Invoice>> {
    return this.#invoices.ofSubscription(context, uuid, args);
  }
}

@Resolver(() => Client)
export class ClientInvoicesResolver {
  readonly #invoices: InvoicesService;

  constructor(invoices: InvoicesService) {
    this.#invoices = invoices;
  }

  @FieldResolver(() => InvoiceConnection, {
    nullable: true,
    description: "What the client was billed, newest first; null without the scope `billing:read`.",
  })
  invoices(
    @Root() client: Client,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ): Promise<Page<Invoice> | null> {
    return this.#invoices.ofClient(context, client, args);
  }
}
