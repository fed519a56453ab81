-- What visitors do: many small rows that come in batches of all tenants, are read by time, and are forgotten by the month. No
-- model of Prisma's: it knows no partitions.

-- nexora_collector owns the events and the functions that write, create and drop them. It can't log in, and nobody who can may
-- become it; row-level security binds it as well.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nexora_collector') THEN
    CREATE ROLE nexora_collector NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT nexora_collector TO %I WITH INHERIT FALSE, SET TRUE', current_user);
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this cluster created it a moment ago
END $$;
-- Not only for this migration: each month has a partition of its own, which its function creates.
GRANT USAGE, CREATE ON SCHEMA public TO nexora_collector;

CREATE TABLE event (
  tenant_id uuid NOT NULL,
  -- Of the message as it was sent: a message that is sent again after midnight, or after its sender's clock was set, is the same.
  day date NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  -- When it happened, by the server's clock.
  "time" timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL,
  -- Of a track what happened, of a page or screen its name.
  name text,
  -- The browser's own id, or one for a day where it has none; null where the visitor wants none.
  visitor_id text COLLATE "C",
  user_id text COLLATE "C",
  -- Of an alias.
  previous_id text COLLATE "C",
  -- Of a group.
  group_id text COLLATE "C",
  properties jsonb,
  traits jsonb,
  context jsonb,
  -- Cut to a network of many: /24, /48.
  network inet,
  -- ISO 3166-1 alpha-2, as the proxy in front told it by the whole address.
  country text COLLATE "C",
  user_agent text,
  -- Not a person: out of all counts.
  is_bot boolean NOT NULL,
  -- Sent with Sec-GPC, DNT or a refused consent: it holds nothing that tells visitors apart.
  is_private boolean NOT NULL,
  key_id uuid,

  PRIMARY KEY (tenant_id, day, message_id),
  CONSTRAINT event_type CHECK (type IN ('track', 'identify', 'page', 'screen', 'group', 'alias')),
  CONSTRAINT event_message_id CHECK (length(message_id) BETWEEN 1 AND 99),
  CONSTRAINT event_country CHECK (country ~ '^[A-Z]{2}$'),
  CONSTRAINT event_private CHECK (NOT is_private OR (visitor_id IS NULL AND user_id IS NULL AND traits IS NULL))
) PARTITION BY RANGE (day);
CREATE INDEX event_tenant_id_time_idx ON event (tenant_id, "time");

-- Whoever is not the collector sees his own tenant's, as everywhere, and adds none past it.
REVOKE ALL ON event FROM nexora_app;
GRANT SELECT, DELETE ON event TO nexora_app;
ALTER TABLE event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON event USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());

-- The tenants that one call of event_append writes for.
CREATE FUNCTION nexora_event_tenants() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('nexora.event_tenants', true), '')::uuid[];
-- IN with unnest, not ANY: the list is hashed once instead of being searched for each row.
CREATE POLICY listed_tenants_insert ON event FOR INSERT TO nexora_collector
  WITH CHECK (tenant_id IN (SELECT unnest(nexora_event_tenants())));
CREATE POLICY listed_tenants_select ON event FOR SELECT TO nexora_collector
  USING (tenant_id IN (SELECT unnest(nexora_event_tenants())));

-- For days that no month's partition has: clocks that are years off, and a job that didn't run.
CREATE TABLE event_default PARTITION OF event DEFAULT;
REVOKE ALL ON event_default FROM nexora_app;
ALTER TABLE event_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON event_default USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());
-- By its own name it is read only to be emptied: into a new month, and by retention.
CREATE POLICY emptied ON event_default TO nexora_collector USING (true) WITH CHECK (true);

-- Appends events of several tenants in one statement. Those that are there already, or twice in the call, are left out. Returns
-- how many are new.
CREATE FUNCTION event_append(p_tenants uuid[], p_events jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  added bigint;
BEGIN
  PERFORM set_config('nexora.event_tenants', p_tenants::text, true);
  INSERT INTO event (tenant_id, day, message_id, type, "time", received_at, name, visitor_id, user_id, previous_id, group_id,
    properties, traits, context, network, country, user_agent, is_bot, is_private, key_id)
  SELECT e.tenant_id, e.day, e.message_id, e.type, e."time", e.received_at, e.name, e.visitor_id, e.user_id, e.previous_id, e.group_id,
    e.properties, e.traits, e.context, e.network, e.country, e.user_agent, e.is_bot, e.is_private, e.key_id
  FROM jsonb_to_recordset(p_events) AS e (tenant_id uuid, day date, message_id text, type text, "time" timestamptz, received_at timestamptz,
    name text, visitor_id text, user_id text, previous_id text, group_id text, properties jsonb, traits jsonb, context jsonb,
    network inet, country text, user_agent text, is_bot boolean, is_private boolean, key_id uuid)
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  PERFORM set_config('nexora.event_tenants', '', true);
  RETURN added;
END $$;

-- Creates the partitions of whole months from one day's to another's where they are missing. Rows of those days that had to go into
-- the default partition move into theirs.
CREATE FUNCTION event_create_partitions(p_from date, p_to date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  first date;
  partition text;
  created integer := 0;
BEGIN
  IF p_to - p_from > 1100 THEN
    RAISE EXCEPTION 'too many months at once';
  END IF;
  FOR first IN SELECT month::date FROM generate_series(date_trunc('month', p_from::timestamp), p_to::timestamp, '1 month') month LOOP
    partition := format('event_%s', to_char(first, 'YYYY_MM'));
    CONTINUE WHEN to_regclass(format('public.%I', partition)) IS NOT NULL;
    -- Nobody writes such a day until it has its place.
    LOCK TABLE event_default IN ACCESS EXCLUSIVE MODE;
    CONTINUE WHEN to_regclass(format('public.%I', partition)) IS NOT NULL; -- another process was here first
    EXECUTE format('CREATE TABLE public.%I (LIKE public.event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    EXECUTE format('WITH moved AS (DELETE FROM event_default WHERE day >= %L AND day < %L RETURNING *) INSERT INTO public.%I SELECT * FROM moved',
      first, first + interval '1 month', partition);
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
    EXECUTE format('CREATE POLICY tenant_isolation ON public.%I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())', partition);
    EXECUTE format('ALTER TABLE public.event ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', partition, first, (first + interval '1 month')::date);
    created := created + 1;
  END LOOP;
  RETURN created;
END $$;

-- Forgets all months that ended before a day, and what lies in the default partition since before it. Returns how many partitions went.
CREATE FUNCTION event_drop_partitions(p_before date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  partition text;
  dropped integer := 0;
BEGIN
  FOR partition IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.event'::regclass AND c.relname ~ '^event_[0-9]{4}_[0-9]{2}$'
      AND to_date(substr(c.relname, 7), 'YYYY_MM') + interval '1 month' <= p_before
    ORDER BY 1
  LOOP
    EXECUTE format('DROP TABLE public.%I', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM event_default WHERE received_at < p_before;
  RETURN dropped;
END $$;

-- What tells visitors without an id of their own apart, for one day. It is destroyed the day after: then nobody can say any more
-- which browser an id was.
CREATE TABLE visitor_salt (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  day date NOT NULL,
  salt bytea NOT NULL,
  PRIMARY KEY (tenant_id, day)
);
REVOKE UPDATE ON visitor_salt FROM nexora_app;
ALTER TABLE visitor_salt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON visitor_salt USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant());
GRANT SELECT (day), DELETE ON visitor_salt TO nexora_collector;
CREATE POLICY destroyed ON visitor_salt TO nexora_collector USING (true) WITH CHECK (false);

CREATE FUNCTION visitor_salts_destroy(p_before date) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH destroyed AS (DELETE FROM visitor_salt WHERE day < p_before RETURNING day)
  SELECT count(*) FROM destroyed
$$;

REVOKE ALL ON FUNCTION event_append(uuid[], jsonb), event_create_partitions(date, date), event_drop_partitions(date),
  visitor_salts_destroy(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_append(uuid[], jsonb), event_create_partitions(date, date), event_drop_partitions(date),
  visitor_salts_destroy(date) TO nexora_app;
ALTER FUNCTION event_append(uuid[], jsonb) OWNER TO nexora_collector;
ALTER FUNCTION event_create_partitions(date, date) OWNER TO nexora_collector;
ALTER FUNCTION event_drop_partitions(date) OWNER TO nexora_collector;
ALTER FUNCTION visitor_salts_destroy(date) OWNER TO nexora_collector;
ALTER TABLE event OWNER TO nexora_collector;
ALTER TABLE event_default OWNER TO nexora_collector;

DO $$
DECLARE
  migrating constant name := current_user;
BEGIN
  SET LOCAL ROLE nexora_collector; -- an owner of the database who is no superuser may not call what he has given away
  PERFORM event_create_partitions((now() - interval '1 month')::date, (now() + interval '3 months')::date);
  EXECUTE format('SET LOCAL ROLE %I', migrating);
END $$;
