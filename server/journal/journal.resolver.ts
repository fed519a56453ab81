import { Arg, Args, Ctx, Extensions, Query, Resolver, Root, Subscription } from "type-graphql";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { type JournalEntry, JournalEntryConnection, JournalUpdate, JournalVerification } from "../../schema/journal.ts";
import { BigIntScalar, Cursor } from "../../schema/scalars.ts";
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
  journal(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg("types", () => [String], { nullable: true, description: "Only entries of these types." })
    types: string[] | null,
  ): Promise<Page<JournalEntry>> {
    return this.#queries.page(context, page, types);
  }

  @Extensions({ action: "journal:read" })
  @Query(() => JournalVerification, {
    description: "Checks numbering, hash chain and payloads of a range, by default of the whole journal.",
  })
  verifyJournal(
    @Ctx() context: Context,
    @Arg("from", () => BigIntScalar, { nullable: true, description: "First position. Default 1." })
    from: bigint | number | null,
    @Arg("to", () => BigIntScalar, { nullable: true, description: "Last position. Default: the last one there is." })
    to: bigint | number | null,
  ): Promise<JournalVerification> {
    return this.#queries.verify(context, from, to);
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
    @Arg("after", () => Cursor, { nullable: true, description: "Where to go on. Default: from now on." })
    _after: string | null,
    @Arg("types", () => [String], { nullable: true, description: "Only entries of these types." })
    _types: string[] | null,
  ): typeof JournalUpdate {
    return update;
  }
}

/** Feeds are served by the hub, one execution for all subscribers alike (operations/subscribe). */
function refuseDirectSubscription(): never {
  throw new Error("subscriptions run on the hub");
}
