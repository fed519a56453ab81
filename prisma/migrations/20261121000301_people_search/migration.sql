-- Search in the texts of people, the way leads are searched (migration lead_search, docs/decisions/0005): a role that sees all
-- looks up ids of the connection's tenant, and the server reads the rows by these ids as itself.
GRANT SELECT (tenant_id, id, name, email, phone) ON client TO nexora_search;
GRANT SELECT (tenant_id, id, name, email, subjects) ON learner TO nexora_search;
GRANT SELECT (tenant_id, id, pseudonym, subjects, modes) ON coach TO nexora_search;
CREATE POLICY search_in_all_tenants ON client FOR SELECT TO nexora_search USING (true);
CREATE POLICY search_in_all_tenants ON learner FOR SELECT TO nexora_search USING (true);
CREATE POLICY search_in_all_tenants ON coach FOR SELECT TO nexora_search USING (true);

-- Partial, so that Prisma leaves them alone; the conditions always hold.
CREATE INDEX client_search ON client USING gin (
  uuid_send(tenant_id), search_text(name) gin_trgm_ops, search_text(email) gin_trgm_ops, search_text(phone) gin_trgm_ops
) WITH (gin_pending_list_limit = 1024) WHERE tenant_id IS NOT NULL;
CREATE INDEX learner_search ON learner USING gin (
  uuid_send(tenant_id), search_text(name) gin_trgm_ops, search_text(email) gin_trgm_ops,
  search_text_of_tags(subjects) gin_trgm_ops
) WITH (gin_pending_list_limit = 1024) WHERE tenant_id IS NOT NULL;
CREATE INDEX coach_search ON coach USING gin (
  uuid_send(tenant_id), search_text(pseudonym) gin_trgm_ops, search_text_of_tags(subjects) gin_trgm_ops,
  search_text_of_tags(modes) gin_trgm_ops
) WITH (gin_pending_list_limit = 1024) WHERE tenant_id IS NOT NULL;

-- The condition of a search: {"all": […]}, {"any": […]} or {"field": …, "how": …, "text": …}. What comes from the caller
-- goes in as a quoted literal only; kinds and fields are those named here.
CREATE FUNCTION people_search_condition(kind text, search jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  field constant text := search ->> 'field';
  how constant text := search ->> 'how';
  is_list constant boolean := field IN ('subjects', 'modes');
  condition text;
  indexed text;
  wanted text;
BEGIN
  IF field IS NULL THEN
    SELECT string_agg('(' || people_search_condition(kind, part) || ')', CASE WHEN search ? 'any' THEN ' OR ' ELSE ' AND ' END)
    INTO STRICT condition
    FROM jsonb_array_elements(coalesce(search -> 'any', search -> 'all')) AS part;
    RETURN condition;
  END IF;
  indexed := CASE kind || '.' || field
    WHEN 'client.name' THEN 'search_text(client.name)'
    WHEN 'client.email' THEN 'search_text(client.email)'
    WHEN 'client.phone' THEN 'search_text(client.phone)'
    WHEN 'learner.name' THEN 'search_text(learner.name)'
    WHEN 'learner.email' THEN 'search_text(learner.email)'
    WHEN 'learner.subjects' THEN 'search_text_of_tags(learner.subjects)'
    WHEN 'coach.pseudonym' THEN 'search_text(coach.pseudonym)'
    WHEN 'coach.subjects' THEN 'search_text_of_tags(coach.subjects)'
    WHEN 'coach.modes' THEN 'search_text_of_tags(coach.modes)'
  END;
  wanted := regexp_replace(search_text(search ->> 'text'), '([\\%_])', '\\\1', 'g') || CASE
    WHEN is_list AND how = 'equals' THEN chr(2) || '%'
    ELSE '%'
  END;
  IF how = 'contains' THEN
    wanted := '%' || wanted;
  ELSIF is_list THEN
    wanted := '%' || chr(2) || wanted;
  END IF;
  IF indexed IS NULL OR how IS NULL OR wanted IS NULL THEN
    RAISE EXCEPTION 'there is no such search';
  END IF;
  RETURN format('%s LIKE %L', indexed, wanted);
END $$;

-- Ids of the tenant's people of a kind that a search may mean, in no order; null when there are more than `most`. Alternatives are
-- looked up one by one, as lead_search does it. No other way in than the kind's search index is allowed.
CREATE FUNCTION people_search(kind text, search jsonb, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off AS $$
DECLARE
  alternative jsonb;
  matches uuid[];
  found uuid[] := '{}';
BEGIN
  FOR alternative IN SELECT jsonb_array_elements(coalesce(search -> 'any', jsonb_build_array(search))) LOOP
    EXECUTE format(
      'SELECT ARRAY(SELECT %1$I.id FROM %1$I WHERE uuid_send(%1$I.tenant_id) = uuid_send($1) AND (%2$s) LIMIT $2)',
      kind, people_search_condition(kind, alternative))
    INTO STRICT matches USING nexora_tenant(), most + 1;
    found := CASE WHEN cardinality(found) = 0 THEN matches ELSE ARRAY(SELECT DISTINCT unnest(found || matches)) END;
    IF cardinality(found) > most THEN
      RETURN NULL;
    END IF;
  END LOOP;
  RETURN found;
END $$;

REVOKE ALL ON FUNCTION people_search(text, jsonb, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_search(text, jsonb, integer) TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_search;
ALTER FUNCTION people_search(text, jsonb, integer) OWNER TO nexora_search;
REVOKE CREATE ON SCHEMA public FROM nexora_search;
