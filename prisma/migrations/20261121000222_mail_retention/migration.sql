-- The tenants that have mail to forget: what has ended before an instant. Names and addresses aren't kept for ever.
CREATE INDEX mail_ended ON mail (updated_at, tenant_id) WHERE state NOT IN ('QUEUED', 'SENDING');

CREATE FUNCTION tenants_with_old_mail(p_ended_before timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT m.tenant_id FROM mail m WHERE m.state NOT IN ('QUEUED', 'SENDING') AND m.updated_at < p_ended_before
$$;

GRANT SELECT (updated_at) ON mail TO nexora_journal;
REVOKE ALL ON FUNCTION tenants_with_old_mail(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_old_mail(timestamptz) TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION tenants_with_old_mail(timestamptz) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
