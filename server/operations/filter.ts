import {
  all,
  any,
  type Condition,
  lookupsOf,
  narrowed,
  plain,
  related,
  type Search,
  searchesOf,
} from "./filter-condition.ts";
import { FilterComparisons, type SingleField } from "./filter-comparisons.ts";
import type { FilterClock, FilterFields, RelatedRows } from "./filter-fields.ts";
import { asObject, asText, entriesOf, type FilterOperands, type FilterPath, refuse } from "./filter-operands.ts";
import { exactly, listed, searchedText } from "./filter-search.ts";
import { isDuration } from "./filter-time.ts";
import { excerpt, SqlValues } from "./sql.ts";

export interface CompiledFilter {
  /** SQL condition, complete. */
  readonly where: string;
  readonly values: SqlValues;
  /** Canonical text: equal filters have equal fingerprints. */
  readonly fingerprint: string;
  /** The fields that it mentions. */
  readonly fields: ReadonlySet<string>;
  /** What an index of texts should be asked first: see `narrow`. */
  readonly searches: readonly Search[];
  /** Statements that select the ids of rows that have certain related ones, maybe more than once: see `narrow`. */
  readonly lookups: readonly { readonly text: string; readonly values: readonly unknown[] }[];
  /** The same filter, with the uuids that its searches and lookups found in the column `id`; null: that one found too many. */
  narrow(id: string, found: readonly FoundIds[], lookedUp?: readonly FoundIds[]): CompiledFilter;
}

type FoundIds = readonly string[] | null;

const maxConditions = 50;
const maxLevels = 5;

/**
 * Compiles a filter of the API's grammar to SQL. The schema has checked types and names; what it can't say (no null
 * operand, at most 50 conditions and 5 levels, ids and instants that can be read) is checked here: BAD_USER_INPUT.
 */
export function compileFilter(
  filter: object | null | undefined,
  fields: FilterFields,
  clock: FilterClock,
  scope = "true",
): CompiledFilter {
  const compiler = new Compiler(fields, clock);
  const condition = filter == null ? plain("true") : compiler.object(filter, 1, []);
  const searches = searchesOf(condition);
  const lookups = lookupsOf(condition);
  const compiled = {
    where: `${scope} AND ${condition.sql}`,
    values: compiler.values,
    fingerprint: filter == null ? "" : JSON.stringify(canonical(filter)),
    fields: compiler.mentioned,
    searches,
    lookups: lookups.map((lookup) => excerpt(lookup, compiler.values)),
    narrow(id: string, found: readonly FoundIds[], lookedUp: readonly FoundIds[] = []): CompiledFilter {
      const values = new SqlValues();
      values.list.push(...compiled.values.list);
      const isOne = (uuids: FoundIds = null) => (uuids === null ? null : `${id} = ANY (${values.add(uuids)}::uuid[])`);
      const bounds = narrowed(condition, {
        bySearch: (search) => isOne(found[searches.indexOf(search)]),
        byLookup: (lookup) => isOne(lookedUp[lookups.indexOf(lookup)]),
      });
      return bounds === null ? compiled : { ...compiled, where: `${compiled.where} AND ${bounds}`, values };
    },
  };
  return compiled;
}

/** Whether compiling needs the tenant's time zone. */
export function mentionsDuration(filter: unknown): boolean {
  if (typeof filter === "string") return isDuration(filter);
  return typeof filter === "object" && filter !== null && Object.values(filter).some(mentionsDuration);
}

class Compiler {
  readonly values = new SqlValues();
  readonly mentioned = new Set<string>();
  readonly #fields: FilterFields;
  readonly #comparing: FilterComparisons;
  #conditions = 0;

  constructor(fields: FilterFields, clock: FilterClock) {
    this.#fields = fields;
    this.#comparing = new FilterComparisons(this.values, clock);
  }

  object(filter: object, level: number, path: FilterPath, fields = this.#fields): Condition {
    if (level > maxLevels) throw refuse(path, `A filter has at most ${maxLevels} levels`);
    return all(
      entriesOf(filter, path).map(([name, operand]) => {
        const at = [...path, name];
        switch (name) {
          case "and":
            return all(this.#objects(operand, level, at, fields));
          case "or":
            return any(this.#objects(operand, level, at, fields));
          case "not":
            // A condition on a missing value is unknown; its opposite holds.
            return plain(`(${this.object(asObject(operand, at), level + 1, at, fields).sql}) IS NOT TRUE`);
          default:
            return this.#field(name, fields, asObject(operand, at), { level, path: at });
        }
      }),
    );
  }

  #objects(operands: unknown, level: number, path: FilterPath, fields: FilterFields): Condition[] {
    // GraphQL lets a single object stand for a list of one.
    const list: unknown[] = Array.isArray(operands) ? operands : [operands];
    this.#count(list.length, path);
    return list.map((operand, index) => {
      const at = [...path, String(index)];
      return this.object(asObject(operand, at), level + 1, at, fields);
    });
  }

  #field(
    name: string,
    fields: FilterFields,
    comparisons: object,
    { level, path }: { readonly level: number; readonly path: FilterPath },
  ): Condition {
    const field = fields[name];
    if (field === undefined) throw refuse(path, "There is no such field");
    if (fields === this.#fields) this.mentioned.add(name);
    const operands = entriesOf(comparisons, path);
    this.#count(operands.length, path);
    if (field.kind === "texts") return this.#elements(name, field.column, operands, path);
    if (field.kind === "related")
      return all(operands.map((operand) => this.#related(field, operand, level + 1, [...path, operand[0]])));
    return this.#comparisons(name, field, operands, path);
  }

  #comparisons(name: string, field: SingleField, operands: FilterOperands, path: FilterPath): Condition {
    return all(
      operands.map(([operator, operand]) => {
        const at = [...path, operator];
        return plain(this.#comparing.compare(field, operator, operand, at), searchedText(name, operator, operand, at));
      }),
    );
  }

  #elements(name: string, column: string, operands: FilterOperands, path: FilterPath): Condition {
    return all(
      operands.map(([quantifier, comparisons]) => {
        const at = [...path, quantifier];
        const inner = entriesOf(asObject(comparisons, at), at);
        this.#count(inner.length, at);
        const [only] = inner;
        if (quantifier === "some" && inner.length === 1 && only?.[0] === "eq") {
          const tag = asText(only[1], at);
          return plain(`${column} @> ARRAY[${this.values.add(tag)}]::text[]`, exactly(name, [tag]));
        }
        const condition = this.#comparisons(name, { kind: "element", column: "element" }, inner, at);
        const matches = (wanted: string) => `EXISTS (SELECT FROM unnest(${column}) AS element WHERE ${wanted})`;
        switch (quantifier) {
          case "some":
            // PostgreSQL would look into each row to find that out.
            if (inner.some(([operator, operand]) => operator === "isNull" && operand === true)) return plain("false");
            return plain(matches(condition.sql), all([condition, ...inner.map(listed(name))]).search);
          case "none":
            return plain(`NOT ${matches(condition.sql)}`);
          case "every":
            return plain(`NOT ${matches(`(${condition.sql}) IS NOT TRUE`)}`);
          default:
            throw refuse(at, "There is no such quantifier");
        }
      }),
    );
  }

  #related(
    { from, scope, link, id, fields }: RelatedRows,
    [quantifier, filter]: FilterOperands[number],
    level: number,
    path: FilterPath,
  ): Condition {
    const { sql } = this.object(asObject(filter, path), level, path, fields);
    // With OFFSET PostgreSQL looks each row's own up by their index, instead of reading the related rows of all.
    const exists = (wanted: string) =>
      `EXISTS (SELECT FROM ${from} WHERE ${scope} AND ${link} = ${id} AND ${wanted} OFFSET 0)`;
    switch (quantifier) {
      case "some":
        return related(exists(sql), `SELECT ${link} AS id FROM ${from} WHERE ${scope} AND ${sql}`);
      case "none":
        return plain(`NOT ${exists(sql)}`);
      case "every":
        return plain(`NOT ${exists(`(${sql}) IS NOT TRUE`)}`);
      default:
        throw refuse(path, "There is no such quantifier");
    }
  }

  #count(conditions: number, path: FilterPath): void {
    this.#conditions += conditions;
    if (this.#conditions > maxConditions) throw refuse(path, `A filter has at most ${maxConditions} conditions`);
  }
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, canonical(member)]),
  );
}
