import type { IdType } from "./ids.ts";

/** How a field of a filter is compared in SQL. Searches (filter-condition.ts) call it by its name. */
export type FilterField =
  | {
      readonly kind: "text";
      readonly column: string;
      readonly normalize?: (text: string) => string;
      /** All values that there are, when they are few: those that contain a text are looked up by their names. */
      readonly values?: readonly string[];
    }
  | { readonly kind: "id"; readonly column: string; readonly type: IdType }
  /** `values` are all that there are: what is left out of them can be looked up, too. */
  | { readonly kind: "enum"; readonly column: string; readonly values?: readonly string[] }
  | { readonly kind: "instant"; readonly column: string }
  | { readonly kind: "texts"; readonly column: string }
  | RelatedRows;

/** Rows of another table that belong to the filtered ones. */
export interface RelatedRows {
  readonly kind: "related";
  /** The table, with the name that `scope`, `link` and the fields' columns call it by. */
  readonly from: string;
  /** SQL condition: the tenant's rows. */
  readonly scope: string;
  /** Column with the id of the row that it belongs to. */
  readonly link: string;
  /** That row's id. */
  readonly id: string;
  readonly fields: FilterFields;
}

export type FilterFields = Readonly<Record<string, FilterField>>;

export interface FilterClock {
  /** "Now", the same for the whole request. */
  readonly now: Date;
  /** IANA zone in which days and months count. */
  readonly timeZone: string;
}
