import DataLoader from "dataloader";
import type { QueryResultRow } from "pg";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { CursorCodec } from "./cursor.ts";
import { type ChildList, childPage, childPages } from "./paginate-children.ts";

interface ChildKey {
  readonly parentId: string;
  readonly args: ConnectionArgs;
}

export interface ChildLoaderOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly tenantId: string;
}

/** Reads lists below the rows of a page: for all of them with one statement. */
export function childLoader<Row extends QueryResultRow, Item>(
  { database, cursors, tenantId }: ChildLoaderOptions,
  list: ChildList<Row, Item>,
): DataLoader<ChildKey, Page<Item>, string> {
  return new DataLoader<ChildKey, Page<Item>, string>(
    (keys) => database.read(tenantId, (session) => loadChildren(session, cursors, list, keys)),
    {
      cacheKeyFn: ({ parentId, args: { first, last, after, before } }) =>
        JSON.stringify([parentId, first, last, after, before]),
    },
  );
}

/** Parents that are asked for the same page share a statement; with a cursor, which is one parent's, each has its own. */
async function loadChildren<Row extends QueryResultRow, Item>(
  session: Session,
  cursors: CursorCodec,
  list: ChildList<Row, Item>,
  keys: readonly ChildKey[],
): Promise<(Page<Item> | Error)[]> {
  const pages = new Map<ChildKey, Page<Item> | Error>();
  const groups = Map.groupBy(keys, ({ args: { first, last, after, before } }) =>
    after == null && before == null ? JSON.stringify([first, last]) : "with cursor",
  );
  await Promise.all(
    [...groups].map(async ([name, group]) => {
      const [sample] = group;
      if (name !== "with cursor" && sample !== undefined) {
        const parents = group.map(({ parentId }) => parentId);
        const loaded = await childPages(session, cursors, list, parents, sample.args);
        group.forEach((key, index) => pages.set(key, loaded[index] ?? new Error("no page was loaded")));
        return;
      }
      for (const key of group) {
        const loaded = childPage(session, cursors, list, key.parentId, key.args);
        pages.set(
          key,
          await loaded.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
        );
      }
    }),
  );
  return keys.map((key) => pages.get(key) ?? new Error("no page was loaded"));
}
