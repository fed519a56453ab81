import { Arg, Ctx, Extensions, Mutation, Resolver } from "type-graphql";
import { RotateCalendarFeedInput, RotateCalendarFeedPayload } from "../../schema/calendar-feed.ts";
import type { Context } from "../operations/context.ts";
import type { CalendarFeedsService } from "./calendar-feeds.service.ts";

@Resolver()
export class CalendarFeedsResolver {
  readonly #feeds: CalendarFeedsService;

  constructor(feeds: CalendarFeedsService) {
    this.#feeds = feeds;
  }

  @Extensions({ action: "session:feed" })
  @Mutation(() => RotateCalendarFeedPayload, {
    description: "Makes a new secret address where calendar applications read one's own sessions; the old one ends.",
  })
  rotateCalendarFeed(
    @Ctx() context: Context,
    @Arg("input", () => RotateCalendarFeedInput, { description: "What to do." }) input: RotateCalendarFeedInput,
  ): Promise<RotateCalendarFeedPayload> {
    return this.#feeds.rotateCalendarFeed(context, input);
  }
}
