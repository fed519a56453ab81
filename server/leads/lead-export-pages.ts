import type { Session } from "../db/session.ts";
import type { CompiledFilter } from "../operations/filter.ts";
import { SqlValues } from "../operations/sql.ts";
import { leadColumns, type LeadRow, leadTables } from "./lead-row.ts";

const pageSize = 1_000;

export async function countLeads(session: Session, filter: CompiledFilter): Promise<number> {
  const text = `SELECT count(*) AS total FROM ${leadTables} WHERE ${filter.where}`;
  const [row] = await session.query<{ total: bigint }>({ text, values: filter.values.list });
  return Number(row?.total ?? 0n);
}

/** All leads of a filter, oldest first, in pages that a transaction of one snapshot reads one after the other. */
export async function* leadPages(session: Session, filter: CompiledFilter): AsyncGenerator<LeadRow[]> {
  let last: LeadRow | undefined;
  do {
    const values = new SqlValues();
    values.list.push(...filter.values.list);
    const after =
      last === undefined
        ? "true"
        : `(lead.created_at, lead.id) > (${values.add(last.created_at)}::timestamptz, ${values.add(last.id)}::uuid)`;
    const rows = await session.query<LeadRow>({
      text: `SELECT ${leadColumns} FROM ${leadTables} WHERE ${filter.where} AND ${after}
             ORDER BY lead.created_at, lead.id LIMIT ${pageSize}`,
      values: values.list,
    });
    if (rows.length > 0) yield rows;
    last = rows.length === pageSize ? rows.at(-1) : undefined;
  } while (last !== undefined);
}
