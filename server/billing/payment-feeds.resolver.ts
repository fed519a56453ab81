import { Arg, Extensions, ID, Resolver, Root, Subscription } from "type-graphql";
import { PaymentUpdate } from "../../schema/payment-updated.ts";
import { Cursor } from "../../schema/scalars.ts";

@Resolver()
export class PaymentFeedsResolver {
  @Extensions({ action: "billing:read" })
  @Subscription(() => PaymentUpdate, {
    description:
      "Each change of a payment once and in order: the team's are all of them, a client's are his own. Lagged replaces what is beyond the replay limit.",
    subscribe: () => {
      throw new Error("feeds are served by the hub (operations/subscribe)");
    },
  })
  paymentUpdated(
    @Root() update: typeof PaymentUpdate,
    @Arg("after", () => Cursor, { nullable: true, description: "Where to go on. Default: from now on." })
    _after: string | null,
    @Arg("paymentId", () => ID, { nullable: true, description: "Only this payment. Default: all that one sees." })
    _paymentId: string | null,
    @Arg("clientId", () => ID, { nullable: true, description: "Only this client's. Default: all that one sees." })
    _clientId: string | null,
  ): typeof PaymentUpdate {
    return update;
  }
}
