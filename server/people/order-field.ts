import type { OrderKey } from "../operations/keyset.ts";

/** What a list can be ordered by. */
export interface OrderField<Row> {
  /** SQL of the column. */
  readonly column: string;
  readonly type: OrderKey["type"];
  readonly isNullable?: boolean;
  /** The row's value, as a cursor keeps it. */
  readonly keyOf: (row: Row) => string | null;
}
