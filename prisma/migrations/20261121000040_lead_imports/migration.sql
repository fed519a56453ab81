-- CreateTable
CREATE TABLE "lead_import" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'AWAITING_UPLOAD',
    "file_name" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "creator" JSONB NOT NULL,
    "upload_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "layout" JSONB,
    "processed_rows" INTEGER NOT NULL DEFAULT 0,
    "committed_rows" INTEGER NOT NULL DEFAULT 0,
    "created_leads" INTEGER NOT NULL DEFAULT 0,
    "merged_leads" INTEGER NOT NULL DEFAULT 0,
    "failed_rows" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,

    CONSTRAINT "lead_import_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "lead_import_row_error" (
    "tenant_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "field" TEXT[],

    CONSTRAINT "lead_import_row_error_pkey" PRIMARY KEY ("tenant_id","import_id","number")
);

-- CreateTable
CREATE TABLE "lead_export" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "options" JSONB NOT NULL,
    "creator" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_export_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "lead_import_tenant_id_created_at_id_idx" ON "lead_import"("tenant_id", "created_at", "id");

-- AddForeignKey
ALTER TABLE "lead_import" ADD CONSTRAINT "lead_import_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_import_row_error" ADD CONSTRAINT "lead_import_row_error_tenant_id_import_id_fkey" FOREIGN KEY ("tenant_id", "import_id") REFERENCES "lead_import"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_export" ADD CONSTRAINT "lead_export_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['lead_import', 'lead_import_row_error', 'lead_export'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

ALTER TABLE lead_import
  ADD CONSTRAINT lead_import_status CHECK (status IN ('AWAITING_UPLOAD', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  ADD CONSTRAINT lead_import_file_name CHECK (char_length(file_name) BETWEEN 1 AND 255);

-- Imports that are still open are few; whoever looks for lost ones doesn't read the history.
CREATE INDEX lead_import_open ON lead_import (tenant_id, id) WHERE finished_at IS NULL;

-- Open imports of all tenants that nobody works on any more: their process has gone, or their file never came. Row-level
-- security shows the server one tenant at a time, so it asks this function, which tells ids and nothing else.
CREATE FUNCTION lead_imports_lost(heartbeat_before timestamptz, expired_before timestamptz)
RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT i.tenant_id, i.id FROM lead_import i
  WHERE i.finished_at IS NULL AND (
    (i.status = 'RUNNING' AND i.heartbeat_at < heartbeat_before)
    OR (i.status = 'AWAITING_UPLOAD' AND i.upload_expires_at < expired_before))
  LIMIT 100
$$;

GRANT SELECT ON lead_import TO nexora_journal;
CREATE POLICY open_imports_of_all_tenants ON lead_import FOR SELECT TO nexora_journal USING (finished_at IS NULL);
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION lead_imports_lost(timestamptz, timestamptz) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
REVOKE ALL ON FUNCTION lead_imports_lost(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lead_imports_lost(timestamptz, timestamptz) TO nexora_app;
