import { Args, Ctx, Extensions, Query, Resolver, Root, Subscription } from "type-graphql";
import type { Page } from "../../schema/connection.ts";
import {
  JournalArgs,
  type JournalEntry,
  JournalEntryConnection,
  JournalFeedArgs,
  JournalUpdate,
  JournalVerification,
  VerifyJournalArgs,
} from "../../schema/journal.ts";
import { Cursor } from "../../schema/scalars.ts";
import type { Context } from "../operations/context.ts";
import type { JournalQueries } from "./journal.queries.ts";

@Resolver()
export class JournalResolver {
  readonly #queries: JournalQueries;

  constructor(queries: JournalQueries) {
    this.#queries = queries;
  }

  @Extensions({ action: "journal:read" })
  @Query(() => JournalEntryConnection, { description: "The tenant's journal from its beginning, in commit order." })
  journal(@Ctx() context: Context, @Args(() => JournalArgs) args: JournalArgs): Promise<Page<JournalEntry>> {
    return this.#queries.page(context, args);
  }

  @Extensions({ action: "journal:read", cost: { price: 100 } })
  @Query(() => JournalVerification, {
    description: "Checks numbering, hash chain and payloads of a range, by default of the whole journal.",
  })
  verifyJournal(
    @Ctx() context: Context,
    @Args(() => VerifyJournalArgs) range: VerifyJournalArgs,
  ): Promise<JournalVerification> {
    return this.#queries.verify(context, range);
  }

  @Extensions({ action: "viewer:read" })
  @Query(() => Cursor, {
    description:
      "The journal's place now, read before the rest of the query: read state with it, then subscribe after it without a gap.",
  })
  eventCursor(@Ctx() context: Context): Promise<string> {
    return this.#queries.eventCursor(context);
  }

  @Extensions({ action: "journal:read" })
  @Subscription(() => JournalUpdate, {
    name: "journal",
    description:
      "Each entry of the journal once, in order, from a place on. Lagged replaces what is beyond the replay limit.",
    subscribe: refuseDirectSubscription,
  })
  journalFeed(
    @Root() update: typeof JournalUpdate,
    @Args(() => JournalFeedArgs) _args: JournalFeedArgs,
  ): typeof JournalUpdate {
    return update;
  }
}

/** Feeds are served by the hub, one execution for all subscribers alike (operations/subscribe). */
function refuseDirectSubscription(): never {
  throw new Error("subscriptions run on the hub");
}
