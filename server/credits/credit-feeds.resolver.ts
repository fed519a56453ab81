import { Arg, Extensions, ID, Resolver, Root, Subscription } from "type-graphql";
import { CreditBalanceUpdate } from "../../schema/credit-balance-changed.ts";
import { Cursor } from "../../schema/scalars.ts";

@Resolver()
export class CreditFeedsResolver {
  @Extensions({ action: "credits:read" })
  @Subscription(() => CreditBalanceUpdate, {
    description:
      "Each move of credits once and in order: the team's are all of them, a client's are his own. Lagged replaces what is beyond the replay limit.",
    subscribe: () => {
      throw new Error("feeds are served by the hub (operations/subscribe)");
    },
  })
  creditBalanceChanged(
    @Root() update: typeof CreditBalanceUpdate,
    @Arg("after", () => Cursor, { nullable: true, description: "Where to go on. Default: from now on." })
    _after: string | null,
    @Arg("clientId", () => ID, { nullable: true, description: "Only this client's. Default: all that one sees." })
    _clientId: string | null,
  ): typeof CreditBalanceUpdate {
    return update;
  }
}
