import type { CreditEntry, CreditHold, CreditLot } from "../../schema/credit-account.ts";
import type { CreditEntriesArgs } from "../../schema/credit-inputs.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import {
  entryColumns,
  type EntryRow,
  entryTables,
  holdColumns,
  type HoldRow,
  lotColumns,
  type LotRow,
  toEntry,
  toHold,
  toLot,
} from "./credit-row.ts";

const down = { isNullable: false, direction: "DESC", nulls: "LAST" } as const;
const up = { isNullable: false, direction: "ASC", nulls: "LAST" } as const;

/** An account's lots that have credits left, in about the order in which they are used. */
export const lotList: ChildList<LotRow, CreditLot> = {
  name: "creditAccount.lots",
  columns: lotColumns,
  from: "credit_lot l",
  belongsTo: (account) => `l.tenant_id = nexora_tenant() AND l.account_id = ${account} AND l.is_open`,
  id: "l.id",
  order: [
    { column: "l.priority", type: "bigint", ...up },
    { column: "l.expires_at", type: "timestamptz", ...up },
  ],
  keysOf: (row) => [String(row.priority), row.expires_text, row.id],
  toItem: toLot,
};

/** An account's holds, newest first. */
export const holdList: ChildList<HoldRow, CreditHold> = {
  name: "creditAccount.holds",
  columns: holdColumns,
  from: "credit_hold h",
  belongsTo: (account) => `h.tenant_id = nexora_tenant() AND h.account_id = ${account}`,
  id: "h.id",
  order: [{ column: "h.held_at", type: "timestamptz", ...down }],
  keysOf: (row) => [row.held_at.toISOString(), row.id],
  toItem: toHold,
};

export type EntryRange = { readonly [End in "from" | "to"]: CreditEntriesArgs[End] | undefined };

/** An account's history between two instants, newest first. */
export function entryList({ from, to }: EntryRange, isTeam: boolean): ChildList<EntryRow, CreditEntry> {
  return {
    name: `creditAccount.entries ${JSON.stringify([from ?? null, to ?? null])}`,
    columns: entryColumns,
    from: entryTables,
    belongsTo: (account, values) =>
      [
        `e.tenant_id = nexora_tenant() AND e.account_id = ${account} AND e.lot_id IS NOT NULL`,
        ...(from == null ? [] : [`e.at >= ${values.add(from)}::timestamptz`]),
        ...(to == null ? [] : [`e.at < ${values.add(to)}::timestamptz`]),
      ].join(" AND "),
    id: "e.id",
    order: [
      { column: "e.at", type: "timestamptz", ...down },
      { column: "e.version", type: "bigint", ...down },
      { column: "e.n", type: "bigint", ...down },
    ],
    keysOf: (row) => [row.at.toISOString(), String(row.version), String(row.n), row.id],
    toItem: (row) => toEntry(row, isTeam),
  };
}
