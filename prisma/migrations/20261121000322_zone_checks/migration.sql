-- With which versions of the zones' rules a tenant's sessions ahead were compared: each once.
CREATE TABLE "zone_check" (
    "tenant_id" UUID NOT NULL,
    "zone_data" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "shifted" INTEGER NOT NULL,

    CONSTRAINT "zone_check_pkey" PRIMARY KEY ("tenant_id","zone_data")
);

ALTER TABLE "zone_check" ADD CONSTRAINT "zone_check_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE zone_check ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON zone_check USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());

-- The tenants that have sessions ahead which weren't compared with this version.
GRANT SELECT (tenant_id, status, starts_at) ON session TO nexora_journal;
GRANT SELECT (tenant_id, zone_data) ON zone_check TO nexora_journal;
CREATE POLICY sessions_ahead_of_all_tenants ON session FOR SELECT TO nexora_journal USING (status IN ('PENDING', 'CONFIRMED'));
CREATE POLICY checks_of_all_tenants ON zone_check FOR SELECT TO nexora_journal USING (true);
CREATE FUNCTION zone_checks_due(p_zone_data text, p_at timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.tenant_id FROM (
    SELECT DISTINCT tenant_id FROM session WHERE status IN ('PENDING', 'CONFIRMED') AND starts_at > p_at
  ) AS t
  WHERE NOT EXISTS (SELECT FROM zone_check c WHERE c.tenant_id = t.tenant_id AND c.zone_data = p_zone_data)
$$;
REVOKE ALL ON FUNCTION zone_checks_due(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION zone_checks_due(text, timestamptz) TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION zone_checks_due(text, timestamptz) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
