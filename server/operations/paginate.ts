import { hash } from "node:crypto";
import type { QueryResultRow } from "pg";
import type { ConnectionArgs, Page, PageInfo } from "../../schema/connection.ts";
import type { Session } from "../db/session.ts";
import { AppError } from "./app-error.ts";
import type { CursorCodec } from "./cursor.ts";
import { allRows, intersect, orderBy, type OrderKey, rangesAfter, reverse } from "./keyset.ts";
import { named, SqlValues } from "./sql.ts";
import type { CountablePage, Reader } from "./total-count.ts";

export const defaultPageSize = 50;
export const maxPageSize = 250;
const maxOrderKeys = 3;

/** A list, as its domain describes it. */
export interface List<Row extends QueryResultRow, Item> {
  /** Names the list in its cursors. */
  readonly name: string;
  /** What the order and the filter are, as text: a cursor of another order or filter is refused. */
  readonly fingerprint: string;
  /** SQL between SELECT and FROM. */
  readonly columns: string;
  /** SQL between FROM and WHERE; joins may not multiply rows. */
  readonly from: string;
  /** SQL condition; it may refer to `values`. */
  readonly where: string;
  /** The values of `where`, in a collection that the pager adds its own to. */
  readonly values: SqlValues;
  /** At most three keys; the pager appends the id. */
  readonly order: readonly OrderKey[];
  /** SQL of the id column. */
  readonly id: string;
  /** A row's values of the order's keys and its id, as the cursor keeps them. */
  keysOf(row: Row): readonly (string | null)[];
  toItem(row: Row): Item;
}

/** Which page is asked for, checked. */
export interface PageRequest {
  readonly size: number;
  readonly isForward: boolean;
  readonly after: string | null;
  readonly before: string | null;
}

export function readPageRequest({ first, last, after, before }: ConnectionArgs): PageRequest {
  if (first != null && last != null) throw badArguments("Ask for `first` or `last`, not both.");
  const size = first ?? last ?? defaultPageSize;
  if (size < 0 || size > maxPageSize) throw badArguments(`A page has 0 to ${maxPageSize} rows.`);
  return { size, isForward: last == null, after: after ?? null, before: before ?? null };
}

export function checkOrder(keys: readonly unknown[]): void {
  if (keys.length > maxOrderKeys) throw badArguments(`An order has at most ${maxOrderKeys} keys.`);
}

/** Reads one page: rows after (or before) the cursor's row in the order of the keys, no OFFSET. Mostly with one statement. */
export async function paginate<Row extends QueryResultRow, Item>(
  session: Session,
  cursors: CursorCodec,
  list: List<Row, Item>,
  args: ConnectionArgs,
): Promise<CountablePage<Item>> {
  const request = readPageRequest(args);
  const place = placeOf(session, list);
  const decode = (cursor: string | null) => (cursor === null ? null : cursors.decodePage(cursor, place));
  const rows: Row[] = [];
  for (const read of selectPage(list, request, decode(request.after), decode(request.before))) {
    const missing = request.size + 1 - rows.length;
    if (missing <= 0) break;
    const { text, values } = read(missing);
    rows.push(...(await session.query<Row>(named(text, values))));
  }
  return pageOf(session, cursors, list, request, rows, (read) => read((later) => count(later, list)));
}

/** Makes a page of the rows that selectPage's statements gave. */
export function pageOf<Row extends QueryResultRow, Item>(
  session: Session,
  cursors: CursorCodec,
  list: List<Row, Item>,
  { size, isForward, after, before }: PageRequest,
  selected: readonly Row[],
  countRows: (read: Reader) => Promise<number>,
): CountablePage<Item> {
  const hasMore = selected.length > size;
  const rows = selected.slice(0, size);
  if (!isForward) rows.reverse();
  const place = placeOf(session, list);
  // Cursors are signed when they are asked for: a query that doesn't select them pays for none.
  const isMore = {
    hasNextPage: before !== null || (isForward && hasMore),
    hasPreviousPage: after !== null || (!isForward && hasMore),
  };
  const page = new LoadedPage(rows, list, (row) => cursors.encodePage({ ...place, keys: list.keysOf(row) }), isMore);
  return Object.assign(page, { tenantId: session.tenantId, countRows });
}

/** How many rows the list has. */
async function count<Row extends QueryResultRow, Item>(session: Session, list: List<Row, Item>): Promise<number> {
  const text = `SELECT count(*) AS total FROM ${list.from} WHERE ${list.where}`;
  const [row] = await session.query<{ total: bigint }>(named(text, list.values.list));
  return Number(row?.total ?? 0n);
}

type Select = (limit: number) => { readonly text: string; readonly values: readonly unknown[] };

/**
 * The statements of a page, one after the other until they have given one row more than the page has, which tells whether
 * others follow.
 */
export function selectPage<Row extends QueryResultRow, Item>(
  list: List<Row, Item>,
  { isForward }: PageRequest,
  after: readonly (string | null)[] | null,
  before: readonly (string | null)[] | null,
): readonly Select[] {
  // The id goes the way of the last key, so that an index on (key, id) can be read in both directions.
  const direction = list.order.at(-1)?.direction ?? "ASC";
  const forward: OrderKey[] = [
    ...list.order,
    { column: list.id, type: "uuid", isNullable: false, direction, nulls: "LAST" },
  ];
  const backward = forward.map(reverse);
  const behind = after === null ? [allRows] : rangesAfter(forward, after);
  const ahead = before === null ? [allRows] : rangesAfter(backward, before);
  const ranges = isForward ? intersect(behind, ahead.toReversed()) : intersect(ahead, behind.toReversed());
  return ranges.map(({ where, isNull }) => (limit) => {
    const values = new SqlValues();
    values.list.push(...list.values.list);
    const keys = isForward ? forward : backward;
    // Rows that all have no value in the first key are ordered by the second: an index on that one may have them in order.
    const order = orderBy(isNull === true && list.order.length > 1 ? keys.slice(1) : keys);
    // The limit is a checked integer and stands in the text: with a placeholder PostgreSQL guesses a tenth of the table
    // and never settles on a generic plan, so it would plan each page anew.
    const text = `SELECT ${list.columns} FROM ${list.from} WHERE ${list.where} AND ${where(values)} ORDER BY ${order} LIMIT ${Math.trunc(limit)}`;
    return { text, values: values.list };
  });
}

function placeOf<Row extends QueryResultRow, Item>({ tenantId }: Session, list: List<Row, Item>) {
  return { tenantId, list: fingerprintOf(list) };
}

function fingerprintOf<Row extends QueryResultRow, Item>({ name, order, fingerprint }: List<Row, Item>): string {
  const keys = order.map((key) => [key.column, key.direction, key.nulls]);
  return hash("sha256", JSON.stringify([name, keys, fingerprint]), "base64url").slice(0, 12);
}

function badArguments(message: string): AppError {
  return new AppError("BAD_USER_INPUT", message, { reason: "VARIABLES" });
}

/** A page that makes edges, nodes and cursors when the query reads them. */
class LoadedPage<Row extends QueryResultRow, Item> implements Page<Item> {
  readonly #rows: readonly Row[];
  readonly #list: List<Row, Item>;
  readonly #cursorOf: (row: Row) => string;
  readonly #isMore: Pick<PageInfo, "hasNextPage" | "hasPreviousPage">;
  #nodes: Item[] | undefined;

  constructor(
    rows: readonly Row[],
    list: List<Row, Item>,
    cursorOf: (row: Row) => string,
    isMore: Pick<PageInfo, "hasNextPage" | "hasPreviousPage">,
  ) {
    this.#rows = rows;
    this.#list = list;
    this.#cursorOf = cursorOf;
    this.#isMore = isMore;
  }

  get nodes(): readonly Item[] {
    return (this.#nodes ??= this.#rows.map((row) => this.#list.toItem(row)));
  }

  get edges(): readonly { readonly cursor: string; readonly node: Item }[] {
    const { nodes } = this;
    return this.#rows.flatMap((row, index) => {
      const node = nodes[index];
      return node === undefined ? [] : [{ cursor: this.#cursorOf(row), node }];
    });
  }

  get pageInfo(): PageInfo {
    const cursorAt = (index: number) => {
      const row = this.#rows.at(index);
      return row === undefined ? null : this.#cursorOf(row);
    };
    return {
      ...this.#isMore,
      get startCursor() {
        return cursorAt(0);
      },
      get endCursor() {
        return cursorAt(-1);
      },
    };
  }
}
