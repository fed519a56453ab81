import type { Database } from "../db/database.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { Feed } from "../journal/feed.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import type { PeopleService } from "../people/people.service.ts";
import { CreditAdjustmentsService } from "./credit-adjustments.service.ts";
import { creditBalanceFeed } from "./credit-balance-feed.ts";
import { CreditExpirySweep } from "./credit-expiry-sweep.ts";
import { CreditFeedsResolver } from "./credit-feeds.resolver.ts";
import type { CreditMails } from "./credit-mail.port.ts";
import { CreditMovesService } from "./credit-moves.service.ts";
import { CreditSettingsService } from "./credit-settings.service.ts";
import { CreditWarningSweep } from "./credit-warning-sweep.ts";
import { ClientCreditsResolver, CreditAccountResolver, CreditsResolver } from "./credits.resolver.ts";
import { CreditsService } from "./credits.service.ts";

export interface CreditsPartsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly mails: CreditMails;
}

export interface CreditsParts {
  readonly nodeSources: readonly NodeSource[];
  readonly sweeps: readonly Sweep[];
  /** By the name of the subscription field. */
  readonly subscriptions: ReadonlyMap<string, Feed>;
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

/** Puts together what belongs to credits. Other domains move them by the functions of ledger.ts. */
export function composeCredits(options: CreditsPartsOptions): CreditsParts {
  const { database, journal } = options;
  const credits = new CreditsService(options);
  const adjustments = new CreditAdjustmentsService(options);
  const services = {
    credits,
    adjustments,
    moves: new CreditMovesService(options),
    settings: new CreditSettingsService(options),
  };
  return {
    nodeSources: [
      { type: "CreditAccount", action: "credits:read", byIds: (context, ids) => credits.accountsByIds(context, ids) },
      { type: "CreditLot", action: "credits:read", byIds: (context, ids) => credits.lotsByIds(context, ids) },
      { type: "CreditHold", action: "credits:read", byIds: (context, ids) => credits.holdsByIds(context, ids) },
      { type: "CreditEntry", action: "credits:read", byIds: (context, ids) => credits.entriesByIds(context, ids) },
      { type: "CreditAdjustment", action: "credits:adjust", byIds: (context, ids) => adjustments.byIds(context, ids) },
    ],
    subscriptions: new Map([["creditBalanceChanged", creditBalanceFeed({ ...options, credits })]]),
    sweeps: [new CreditExpirySweep(database, journal), new CreditWarningSweep(options)],
    resolvers: new Map<unknown, object>([
      [CreditsResolver, new CreditsResolver(services)],
      [CreditAccountResolver, new CreditAccountResolver(credits)],
      [CreditFeedsResolver, new CreditFeedsResolver()],
      [ClientCreditsResolver, new ClientCreditsResolver(credits)],
    ]),
  };
}
