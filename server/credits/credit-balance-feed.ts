import type { CreditBalanceChanged } from "../../schema/credit-balance-changed.ts";
import type { Database } from "../db/database.ts";
import { FeedAudience } from "../journal/feed-audience.ts";
import type { Feed, FeedUpdate } from "../journal/feed.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId } from "../operations/ids.ts";
import { nothingToFollow, readFollowedId } from "../operations/subscribe-filter.ts";
import type { PeopleService } from "../people/people.service.ts";
import { creditChangeOf, creditEntryTypes } from "./credit-change.ts";
import type { CreditsService } from "./credits.service.ts";

export interface CreditBalanceOptions {
  readonly credits: CreditsService;
  readonly people: PeopleService;
  readonly database: Database;
  readonly cursors: CursorCodec;
}

/** `subscription { creditBalanceChanged }`: moves of credits, with the accounts as they are now. */
export function creditBalanceFeed({ credits, people, database, cursors }: CreditBalanceOptions): Feed {
  const audience = new FeedAudience((tenantId, records) =>
    database.read(tenantId, async (session) => {
      const members = await people.membersOf(session, { clientIds: records.map(({ subjectId }) => subjectId) });
      return new Map(records.map((record) => [record, members.get(record.subjectId) ?? new Set()]));
    }),
  );
  return {
    async plan({ clientId }, context) {
      const wanted = readFollowedId("Client", clientId);
      if (wanted !== undefined && (await credits.accountOf(context, wanted)) === null) throw nothingToFollow("Client");
      return {
        types: creditEntryTypes,
        async updates(groupContext, records): Promise<FeedUpdate[]> {
          const entries = records.filter((record) => {
            const change = creditChangeOf(record);
            return change !== null && (wanted ?? change.clientId) === change.clientId;
          });
          const concerning = await audience.entriesFor(groupContext.principal, entries);
          const changes = concerning.flatMap((record) => {
            const change = creditChangeOf(record);
            return change === null ? [] : [{ record, change }];
          });
          if (changes.length === 0) return [];
          const ids = [...new Set(changes.map(({ change }) => change.clientId))];
          const accounts = await credits.accountsByIds(groupContext, ids);
          return changes.flatMap(({ record, change: { clientId: client, ...change } }) => {
            const account = accounts.get(client);
            if (account === undefined) return []; // somebody else's
            const value: CreditBalanceChanged = {
              __typename: "CreditBalanceChanged",
              cursor: cursors.encodeEvent(record),
              ...change,
              occurredAt: record.occurredAt,
              clientId: toId("Client", client),
              account,
            };
            return [{ position: record.position, value }];
          });
        },
      };
    },
  };
}
