-- Search in the texts and tags of leads. Under row-level security the server's role can't use an index for LIKE or for
-- arrays, because those operators aren't leakproof (docs/decisions/0005). So one function looks things up as a role that
-- sees all leads, and gives back nothing but ids of the connection's tenant; the server reads the rows by these ids as
-- itself. Both extensions are trusted: the database's owner needs no superuser to have them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- Owns lead_search and nothing else. It can't log in, and nobody but the owner of the database can become it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nexora_search') THEN
    CREATE ROLE nexora_search NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT nexora_search TO %I WITH INHERIT FALSE, SET TRUE', current_user);
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this cluster created it a moment ago
END $$;

GRANT USAGE ON SCHEMA public TO nexora_search;
GRANT SELECT (tenant_id, id, email, phone, external_id, name, company, source, tags) ON lead TO nexora_search;
CREATE POLICY search_in_all_tenants ON lead FOR SELECT TO nexora_search USING (true);

-- A text as the index has it: folded to one case, in ASCII only. pg_trgm takes letters for letters by the locale of the
-- database, and in locale C only ASCII's; so each byte of another letter stands as some letter or digit. Texts that differ
-- can look alike: whoever finds something must compare again. In PL/pgSQL, because SQL's functions that can't be inlined take
-- eight times as long. The cost tells the planner to compare by the index whatever it can.
CREATE FUNCTION search_text(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000000 AS $$
BEGIN
  IF octet_length(value) = char_length(value) THEN
    RETURN lower(value COLLATE "C");
  END IF;
  RETURN translate(convert_from(convert_to(casefold(value COLLATE pg_unicode_fast), 'UTF8'), 'LATIN1'),
    U&'\0080\0081\0082\0083\0084\0085\0086\0087\0088\0089\008A\008B\008C\008D\008E\008F\0090\0091\0092\0093\0094\0095\0096\0097\0098\0099\009A\009B\009C\009D\009E\009F\00A0\00A1\00A2\00A3\00A4\00A5\00A6\00A7\00A8\00A9\00AA\00AB\00AC\00AD\00AE\00AF\00B0\00B1\00B2\00B3\00B4\00B5\00B6\00B7\00B8\00B9\00BA\00BB\00BC\00BD\00BE\00BF\00C0\00C1\00C2\00C3\00C4\00C5\00C6\00C7\00C8\00C9\00CA\00CB\00CC\00CD\00CE\00CF\00D0\00D1\00D2\00D3\00D4\00D5\00D6\00D7\00D8\00D9\00DA\00DB\00DC\00DD\00DE\00DF\00E0\00E1\00E2\00E3\00E4\00E5\00E6\00E7\00E8\00E9\00EA\00EB\00EC\00ED\00EE\00EF\00F0\00F1\00F2\00F3\00F4\00F5\00F6\00F7\00F8\00F9\00FA\00FB\00FC\00FD\00FE\00FF',
    '6dkry5cjqx4bipw3ahov29gnu18fmt07elsz6dkry5cjqx4bipw3ahov29gnu18fmt07elsz6dkry5cjqx4bipw3ahov29gnu18fmt07elsz6dkry5cjqx4bipw3ahov');
END $$;

-- All tags in one text, each between two characters that no word has.
CREATE FUNCTION search_text_of_tags(tags text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000000 AS $$
BEGIN
  RETURN public.search_text(chr(2) || array_to_string(tags, chr(2)) || chr(2));
END $$;

-- Partial, so that Prisma leaves it alone; the condition always holds. What is written waits in a list that each search
-- reads and the writer who fills it sorts in: a short one, so that neither takes long.
CREATE INDEX lead_search ON lead USING gin (
  uuid_send(tenant_id), search_text(email) gin_trgm_ops, search_text(phone) gin_trgm_ops, search_text(external_id) gin_trgm_ops,
  search_text(name) gin_trgm_ops, search_text(company) gin_trgm_ops, search_text(source) gin_trgm_ops,
  search_text_of_tags(tags) gin_trgm_ops
) WITH (gin_pending_list_limit = 1024) WHERE tenant_id IS NOT NULL;

-- The condition of a search: {"all": […]}, {"any": […]} or {"field": …, "how": …, "text": …}. What comes from the caller
-- goes in as a quoted literal only; fields are those named here.
CREATE FUNCTION lead_search_condition(search jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public AS $$
DECLARE
  field constant text := search ->> 'field';
  how constant text := search ->> 'how';
  condition text;
  indexed text;
  wanted text;
BEGIN
  IF field IS NULL THEN
    SELECT string_agg('(' || lead_search_condition(part) || ')', CASE WHEN search ? 'any' THEN ' OR ' ELSE ' AND ' END)
    INTO STRICT condition
    FROM jsonb_array_elements(coalesce(search -> 'any', search -> 'all')) AS part;
    RETURN condition;
  END IF;
  indexed := CASE field
    WHEN 'email' THEN 'search_text(lead.email)'
    WHEN 'phone' THEN 'search_text(lead.phone)'
    WHEN 'externalId' THEN 'search_text(lead.external_id)'
    WHEN 'name' THEN 'search_text(lead.name)'
    WHEN 'company' THEN 'search_text(lead.company)'
    WHEN 'source' THEN 'search_text(lead.source)'
    WHEN 'tags' THEN 'search_text_of_tags(lead.tags)'
  END;
  wanted := regexp_replace(search_text(search ->> 'text'), '([\\%_])', '\\\1', 'g') || CASE
    WHEN field = 'tags' AND how = 'equals' THEN chr(2) || '%'
    ELSE '%'
  END;
  IF how = 'contains' THEN
    wanted := '%' || wanted;
  ELSIF field = 'tags' THEN
    wanted := '%' || chr(2) || wanted;
  END IF;
  IF indexed IS NULL OR how IS NULL OR wanted IS NULL THEN
    RAISE EXCEPTION 'there is no such search';
  END IF;
  RETURN format('%s LIKE %L', indexed, wanted);
END $$;

-- Ids of the tenant's leads that a search may mean, in no order; null when there are more than `most`. Alternatives are looked up
-- one by one: for all at once the planner might ask the index for what they have in common and compare the rest row by row.
-- lead_search is the only index that knows a tenant in this form, and no other way in is allowed.
CREATE FUNCTION lead_search(search jsonb, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off AS $$
DECLARE
  alternative jsonb;
  matches uuid[];
  found uuid[] := '{}';
BEGIN
  FOR alternative IN SELECT jsonb_array_elements(coalesce(search -> 'any', jsonb_build_array(search))) LOOP
    EXECUTE format(
      'SELECT ARRAY(SELECT lead.id FROM lead WHERE uuid_send(lead.tenant_id) = uuid_send($1) AND (%s) LIMIT $2)',
      lead_search_condition(alternative))
    INTO STRICT matches USING nexora_tenant(), most + 1;
    found := CASE WHEN cardinality(found) = 0 THEN matches ELSE ARRAY(SELECT DISTINCT unnest(found || matches)) END;
    IF cardinality(found) > most THEN
      RETURN NULL;
    END IF;
  END LOOP;
  RETURN found;
END $$;

REVOKE ALL ON FUNCTION lead_search(jsonb, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lead_search(jsonb, integer) TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_search;
ALTER FUNCTION lead_search(jsonb, integer) OWNER TO nexora_search;
REVOKE CREATE ON SCHEMA public FROM nexora_search;
