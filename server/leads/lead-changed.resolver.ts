import { Arg, Extensions, Resolver, Root, Subscription } from "type-graphql";
import { LeadFilter, LeadUpdate } from "../../schema/lead.ts";
import { Cursor } from "../../schema/scalars.ts";

@Resolver()
export class LeadChangedResolver {
  @Extensions({ action: "lead:read" })
  @Subscription(() => LeadUpdate, {
    description:
      "Each change of a lead that matches the filter, or may have matched before it, once and in order. Lagged replaces what is beyond the replay limit.",
    subscribe: () => {
      throw new Error("feeds are served by the hub (operations/subscribe)");
    },
  })
  leadChanged(
    @Root() update: typeof LeadUpdate,
    @Arg("after", () => Cursor, { nullable: true, description: "Where to go on. Default: from now on." })
    _after: string | null,
    @Arg("filter", () => LeadFilter, { nullable: true, description: "Only leads that match. Default: all." })
    _filter: LeadFilter | null,
  ): typeof LeadUpdate {
    return update;
  }
}
