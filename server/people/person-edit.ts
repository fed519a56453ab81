import type { Session } from "../db/session.ts";

export type PersonTable = "client" | "learner" | "coach";

/** Columns that a change may write; their names never come from a caller. */
export type PersonChanges = Partial<
  Record<
    | "member_id"
    | "invitation_id"
    | "name"
    | "email"
    | "phone"
    | "grade"
    | "goals"
    | "subjects"
    | "pseudonym"
    | "bio"
    | "modes"
    | "status"
    | "deactivated_at"
    | "time_zone"
    | "locale",
    unknown
  >
>;

/** What differs between a row and what it is to be; undefined stays. */
export function changesOf<Row extends object>(before: Row, after: { [Column in keyof Row]?: unknown }): PersonChanges {
  const entries = Object.entries(after).filter(([column, value]) => {
    const old: unknown = before[column as keyof Row];
    return value !== undefined && JSON.stringify(old) !== JSON.stringify(value);
  });
  return Object.fromEntries(entries);
}

/** Writes columns of a person and raises the version. */
export async function writePerson(
  session: Session,
  target: { readonly table: PersonTable; readonly id: string },
  changes: PersonChanges,
  now: Date,
): Promise<void> {
  const assignments = Object.keys(changes)
    .map((column, index) => `${column} = $${index + 4}, `)
    .join("");
  await session.query({
    text: `UPDATE ${target.table} SET ${assignments}updated_at = greatest(updated_at, $3), version = version + 1
           WHERE tenant_id = $1 AND id = $2`,
    values: [session.tenantId, target.id, now, ...Object.values(changes)],
  });
}

/** Names of changed columns, as the API calls them. */
export function fieldsOf(changes: PersonChanges): string[] {
  return Object.keys(changes).map((column) =>
    column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
}
