import type { DocumentManifest as ManifestRow, FreeTextDocument as FreeTextRow } from "../db/generated/client.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";

export type ManifestColumns = Omit<ManifestRow, "tenantId">;
export type FreeTextColumns = Omit<FreeTextRow, "tenantId">;

const newestFirst = { type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" } as const;

/** Manifests, the newest first. */
export function manifestList<Item>(
  tenantId: string,
  toItem: (row: ManifestColumns) => Item,
): List<ManifestColumns, Item> {
  const values = new SqlValues();
  return {
    name: "documentManifests",
    fingerprint: "",
    columns: `id, app, version, document_count AS "documentCount", created_at AS "createdAt"`,
    from: "document_manifest",
    where: `tenant_id = ${values.add(tenantId)}`,
    values,
    order: [{ column: "created_at", ...newestFirst }],
    id: "id",
    keysOf: (row) => [row.createdAt.toISOString(), row.id],
    toItem,
  };
}

/** Free texts, those that appeared last first. */
export function freeTextList<Item>(
  tenantId: string,
  toItem: (row: FreeTextColumns) => Item,
): List<FreeTextColumns, Item> {
  const values = new SqlValues();
  return {
    name: "freeTextDocuments",
    fingerprint: "",
    columns: `id, key_id AS "keyId", hash, text, uses, first_used_at AS "firstUsedAt", last_used_at AS "lastUsedAt"`,
    from: "free_text_document",
    where: `tenant_id = ${values.add(tenantId)}`,
    values,
    order: [{ column: "first_used_at", ...newestFirst }],
    id: "id",
    keysOf: (row) => [row.firstUsedAt.toISOString(), row.id],
    toItem,
  };
}
