-- CreateTable
CREATE TABLE "bulk_operation" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "variables" JSONB,
    "error_policy" TEXT,
    "creator" JSONB NOT NULL,
    "actions" TEXT[],
    "request_id" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),
    "processed_rows" INTEGER NOT NULL DEFAULT 0,
    "failed_rows" INTEGER NOT NULL DEFAULT 0,
    "position" BIGINT,
    "size" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "failure" TEXT,
    "failure_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "upload_expires_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_operation_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "bulk_chunk" (
    "tenant_id" UUID NOT NULL,
    "operation_id" UUID NOT NULL,
    "file" TEXT NOT NULL,
    "start" BIGINT NOT NULL,
    "length" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "bulk_chunk_pkey" PRIMARY KEY ("tenant_id","operation_id","file","start")
);

-- CreateIndex
CREATE INDEX "bulk_operation_tenant_id_created_at_id_idx" ON "bulk_operation"("tenant_id", "created_at", "id");

-- AddForeignKey
ALTER TABLE "bulk_operation" ADD CONSTRAINT "bulk_operation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_chunk" ADD CONSTRAINT "bulk_chunk_tenant_id_operation_id_fkey" FOREIGN KEY ("tenant_id", "operation_id") REFERENCES "bulk_operation"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['bulk_operation', 'bulk_chunk'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

ALTER TABLE bulk_operation
  ADD CONSTRAINT bulk_operation_kind CHECK (kind IN ('EXPORT', 'IMPORT')),
  ADD CONSTRAINT bulk_operation_status
    CHECK (status IN ('AWAITING_UPLOAD', 'UPLOADING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'));

-- The server has packed them: PostgreSQL needn't try again.
ALTER TABLE bulk_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Operations that are still open are few; whoever looks for work doesn't read the history.
CREATE INDEX bulk_operation_open ON bulk_operation (tenant_id, created_at) WHERE finished_at IS NULL;
CREATE INDEX bulk_operation_expiring ON bulk_operation (expires_at) WHERE finished_at IS NOT NULL;

-- What there is to do for operations of all tenants: RUN what waits, or what a process has left; END what was never sent;
-- DELETE what is old. Row-level security shows the server one tenant at a time, so it asks this function, which tells ids
-- and nothing else.
CREATE FUNCTION bulk_operations_due(heartbeat_before timestamptz, at timestamptz)
RETURNS TABLE (tenant_id uuid, id uuid, task text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  (SELECT o.tenant_id, o.id, CASE WHEN o.status IN ('QUEUED', 'RUNNING') THEN 'RUN' ELSE 'END' END
   FROM bulk_operation o
   WHERE o.finished_at IS NULL AND (
     o.status = 'QUEUED'
     OR (o.status IN ('RUNNING', 'UPLOADING') AND o.heartbeat_at < heartbeat_before)
     OR (o.status = 'AWAITING_UPLOAD' AND o.upload_expires_at < at))
   ORDER BY o.created_at LIMIT 100)
  UNION ALL
  (SELECT o.tenant_id, o.id, 'DELETE' FROM bulk_operation o
   WHERE o.finished_at IS NOT NULL AND o.expires_at < at LIMIT 20)
$$;

GRANT SELECT ON bulk_operation TO nexora_journal;
CREATE POLICY due_operations_of_all_tenants ON bulk_operation FOR SELECT TO nexora_journal USING (true);
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION bulk_operations_due(timestamptz, timestamptz) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
REVOKE ALL ON FUNCTION bulk_operations_due(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bulk_operations_due(timestamptz, timestamptz) TO nexora_app;
