-- The tenants whose journals a server has to follow for their webhooks. Row-level security shows the server one tenant at a
-- time, so it asks this function, which tells ids and nothing else.
CREATE FUNCTION webhook_tenants() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT tenant_id FROM webhook_endpoint WHERE status = 'ENABLED'
$$;

REVOKE ALL ON FUNCTION webhook_tenants() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION webhook_tenants() TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION webhook_tenants() OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
