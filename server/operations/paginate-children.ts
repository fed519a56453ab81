import type { QueryResultRow } from "pg";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { Session } from "../db/session.ts";
import type { CursorCodec } from "./cursor.ts";
import { type List, pageOf, paginate, readPageRequest, selectPage } from "./paginate.ts";
import { named, SqlValues } from "./sql.ts";

/** A list below each row of another one, such as the notes of a lead. */
export interface ChildList<Row extends QueryResultRow, Item> extends Omit<
  List<Row, Item>,
  "fingerprint" | "where" | "values"
> {
  /** SQL condition that a child belongs to the parent whose uuid is the given SQL; it may add values of its own. */
  belongsTo(parent: string, values: SqlValues): string;
}

/** One page of one parent's children. Its cursors are of no use below another parent. */
export function childPage<Row extends QueryResultRow, Item>(
  session: Session,
  cursors: CursorCodec,
  list: ChildList<Row, Item>,
  parentId: string,
  args: ConnectionArgs,
): Promise<Page<Item>> {
  const values = new SqlValues();
  const where = list.belongsTo(`${values.add(parentId)}::uuid`, values);
  return paginate(session, cursors, { ...list, fingerprint: parentId, where, values }, args);
}

/** The first (or last) page of the children of many parents, with one statement. Pages come in the order of the parents. */
export async function childPages<Row extends QueryResultRow, Item>(
  session: Session,
  cursors: CursorCodec,
  list: ChildList<Row, Item>,
  parentIds: readonly string[],
  args: Pick<ConnectionArgs, "first" | "last">,
): Promise<Page<Item>[]> {
  const request = readPageRequest(args);
  const values = new SqlValues();
  const parents = values.add(parentIds);
  const scope = { where: list.belongsTo("parent.id", values), values };
  // Without a cursor there is one statement.
  const [inner] = selectPage({ ...list, ...scope, fingerprint: "" }, request, null, null).map(
    (read) => read(request.size + 1).text,
  );
  const text = `SELECT parent.id AS parent_id, child.* FROM unnest(${parents}::uuid[]) AS parent (id) CROSS JOIN LATERAL (${inner}) AS child`;
  const rows = await session.query<Row & { parent_id: string }>(named(text, values.list));
  const byParent = Map.groupBy(rows, (row) => row.parent_id);
  // Whoever asks first counts for all.
  let totals: Promise<ReadonlyMap<string, number>> | undefined;
  return parentIds.map((parentId) =>
    pageOf(
      session,
      cursors,
      { ...list, ...scope, fingerprint: parentId },
      request,
      byParent.get(parentId) ?? [],
      async (read) => (await (totals ??= read((later) => countChildren(later, list, parentIds)))).get(parentId) ?? 0,
    ),
  );
}

/** How many children each parent has, with one statement. */
async function countChildren<Row extends QueryResultRow, Item>(
  session: Session,
  list: ChildList<Row, Item>,
  parentIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const values = new SqlValues();
  const text = `SELECT parent.id, (SELECT count(*) FROM ${list.from} WHERE ${list.belongsTo("parent.id", values)}) AS total
    FROM unnest(${values.add(parentIds)}::uuid[]) AS parent (id)`;
  const rows = await session.query<{ id: string; total: bigint }>(named(text, values.list));
  return new Map(rows.map(({ id, total }) => [id, Number(total)]));
}
