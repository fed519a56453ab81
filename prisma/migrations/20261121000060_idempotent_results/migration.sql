-- CreateTable
CREATE TABLE "idempotent_result" (
    "tenant_id" UUID NOT NULL,
    "principal_id" UUID NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "result" JSONB NOT NULL,
    "position" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotent_result_pkey" PRIMARY KEY ("tenant_id","principal_id","key_hash")
);

-- CreateIndex
CREATE INDEX "idempotent_result_created_at_idx" ON "idempotent_result"("created_at");

ALTER TABLE idempotent_result ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON idempotent_result
  USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());

-- A result that is kept isn't changed, and no caller of the server can remove one before its time.
REVOKE UPDATE, DELETE, TRUNCATE ON idempotent_result FROM nexora_app;

-- Removes results of all tenants that are older than a day, some at a time; returns how many. Row-level security shows the
-- server one tenant at a time, so it asks this function. Results of callers without a credential (the nil uuid) stay: they
-- are one per sign-up and invitation, and the tenant that a sign-up's key stands for exists as long.
CREATE FUNCTION idempotent_results_purge(at_most integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH old AS (
    SELECT r.tenant_id, r.principal_id, r.key_hash FROM idempotent_result r
    WHERE r.created_at < now() - interval '24 hours' AND r.principal_id <> '00000000-0000-0000-0000-000000000000'
    ORDER BY r.created_at LIMIT at_most FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM idempotent_result r USING old
    WHERE (r.tenant_id, r.principal_id, r.key_hash) = (old.tenant_id, old.principal_id, old.key_hash)
    RETURNING 1
  )
  SELECT count(*) FROM gone
$$;

-- FOR UPDATE needs the right to update.
GRANT SELECT, UPDATE, DELETE ON idempotent_result TO nexora_journal;
CREATE POLICY old_results_of_all_tenants ON idempotent_result TO nexora_journal
  USING (created_at < now() - interval '24 hours');
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION idempotent_results_purge(integer) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
REVOKE ALL ON FUNCTION idempotent_results_purge(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION idempotent_results_purge(integer) TO nexora_app;
