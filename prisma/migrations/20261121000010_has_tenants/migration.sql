-- Whether anybody has signed up yet. Row-level security shows the server no tenant before it has chosen one, so the first
-- start asks this function, which may see that journals exist, and nothing else of them.
CREATE FUNCTION nexora_has_tenants() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM journal_head)
$$;

GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION nexora_has_tenants() OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
REVOKE ALL ON FUNCTION nexora_has_tenants() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nexora_has_tenants() TO nexora_app;
