import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { ClickCounter } from "./click-counter.ts";
import { LinkClicksService } from "./link-clicks.service.ts";
import { LinkPlaces } from "./link-places.ts";
import { LinkClicksResolver, LinkResolver } from "./link.resolver.ts";
import { LinksResolver } from "./links.resolver.ts";
import { LinksService } from "./links.service.ts";

export interface LinksParts {
  readonly places: LinkPlaces;
  readonly clicks: ClickCounter;
  /** The server's address, without a slash at its end. */
  readonly url: () => string;
  readonly nodeSource: NodeSource;
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

/** Puts together what belongs to short links. */
export function composeLinks(options: {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly log: Log;
  readonly url: () => string;
}): LinksParts {
  const { log, ...rest } = options;
  const places = new LinkPlaces(options.database);
  const links = new LinksService({ ...rest, places });
  const clicks = new LinkClicksService(options.database);
  return {
    places,
    url: options.url,
    clicks: new ClickCounter(options.database, log),
    nodeSource: { type: "Link", action: "link:read", byIds: (context, ids) => links.byIds(context, ids) },
    resolvers: new Map<unknown, object>([
      [LinksResolver, new LinksResolver(links)],
      [LinkResolver, new LinkResolver(clicks)],
      [LinkClicksResolver, new LinkClicksResolver(clicks)],
    ]),
  };
}
