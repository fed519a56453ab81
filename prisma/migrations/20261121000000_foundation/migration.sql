-- CreateEnum
CREATE TYPE "Role" AS ENUM ('OWNER', 'ADMIN', 'ASSISTANT', 'COACH', 'CLIENT', 'LEARNER');

-- CreateEnum
CREATE TYPE "MemberStatus" AS ENUM ('ACTIVE', 'REMOVED');

-- CreateEnum
CREATE TYPE "KeyKind" AS ENUM ('SECRET', 'PUBLISHABLE');

-- CreateEnum
CREATE TYPE "LeadStage" AS ENUM ('NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST');

-- CreateEnum
CREATE TYPE "LeadIdentityKind" AS ENUM ('EXTERNAL_ID', 'EMAIL', 'PHONE');

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "default_country" CHAR(2) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "status" "MemberStatus" NOT NULL DEFAULT 'ACTIVE',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_signed_in_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "member_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "invited_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "auth_session" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "member_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "user_agent" TEXT,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "auth_session_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" "KeyKind" NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "last_four" TEXT NOT NULL,
    "scopes" TEXT[],
    "allowed_origins" TEXT[],
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "lead" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "email" TEXT,
    "phone" TEXT,
    "external_id" TEXT,
    "name" TEXT,
    "company" TEXT,
    "source" TEXT,
    "message" TEXT,
    "stage" "LeadStage" NOT NULL DEFAULT 'NEW',
    "stage_reason" TEXT,
    "owner_id" UUID,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "referrer" TEXT,
    "landing_page" TEXT,
    "utm_source" TEXT,
    "utm_medium" TEXT,
    "utm_campaign" TEXT,
    "utm_term" TEXT,
    "utm_content" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "lead_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "lead_identity" (
    "tenant_id" UUID NOT NULL,
    "kind" "LeadIdentityKind" NOT NULL,
    "value" TEXT NOT NULL,
    "lead_id" UUID NOT NULL,

    CONSTRAINT "lead_identity_pkey" PRIMARY KEY ("tenant_id","kind","value")
);

-- CreateTable
CREATE TABLE "lead_note" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "lead_id" UUID NOT NULL,
    "author_id" UUID,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lead_note_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "lead_consent" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "lead_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT,

    CONSTRAINT "lead_consent_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "journal_head" (
    "tenant_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "journal_head_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "journal_entry" (
    "tenant_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "actor" JSONB NOT NULL,
    "request_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "personal" JSONB,
    "personal_salt" BYTEA,
    "personal_hash" BYTEA,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "journal_entry_pkey" PRIMARY KEY ("tenant_id","position")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "member_tenant_id_created_at_id_idx" ON "member"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "member_tenant_id_email_key" ON "member"("tenant_id", "email");

-- CreateIndex
CREATE INDEX "invitation_tenant_id_email_idx" ON "invitation"("tenant_id", "email");

-- CreateIndex
CREATE INDEX "auth_session_tenant_id_member_id_idx" ON "auth_session"("tenant_id", "member_id");

-- CreateIndex
CREATE INDEX "api_key_tenant_id_created_at_id_idx" ON "api_key"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_tenant_id_created_at_id_idx" ON "lead"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_tenant_id_updated_at_id_idx" ON "lead"("tenant_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "lead_tenant_id_name_id_idx" ON "lead"("tenant_id", "name", "id");

-- CreateIndex
CREATE INDEX "lead_tenant_id_email_id_idx" ON "lead"("tenant_id", "email", "id");

-- CreateIndex
CREATE INDEX "lead_tenant_id_company_id_idx" ON "lead"("tenant_id", "company", "id");

-- CreateIndex
CREATE INDEX "lead_tenant_id_phone_idx" ON "lead"("tenant_id", "phone");

-- CreateIndex
CREATE INDEX "lead_tenant_id_external_id_idx" ON "lead"("tenant_id", "external_id");

-- CreateIndex
CREATE INDEX "lead_tenant_id_stage_created_at_id_idx" ON "lead"("tenant_id", "stage", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_tenant_id_owner_id_created_at_id_idx" ON "lead"("tenant_id", "owner_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_tenant_id_source_created_at_id_idx" ON "lead"("tenant_id", "source", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_identity_tenant_id_lead_id_idx" ON "lead_identity"("tenant_id", "lead_id");

-- CreateIndex
CREATE INDEX "lead_note_tenant_id_lead_id_created_at_id_idx" ON "lead_note"("tenant_id", "lead_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_consent_tenant_id_lead_id_given_at_id_idx" ON "lead_consent"("tenant_id", "lead_id", "given_at", "id");

-- CreateIndex
CREATE INDEX "journal_entry_tenant_id_subject_id_position_idx" ON "journal_entry"("tenant_id", "subject_id", "position");

-- CreateIndex
CREATE INDEX "journal_entry_tenant_id_type_position_idx" ON "journal_entry"("tenant_id", "type", "position");

-- CreateIndex
CREATE UNIQUE INDEX "journal_entry_tenant_id_id_key" ON "journal_entry"("tenant_id", "id");

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_tenant_id_invited_by_id_fkey" FOREIGN KEY ("tenant_id", "invited_by_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_created_by_id_fkey" FOREIGN KEY ("tenant_id", "created_by_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_tenant_id_owner_id_fkey" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_identity" ADD CONSTRAINT "lead_identity_tenant_id_lead_id_fkey" FOREIGN KEY ("tenant_id", "lead_id") REFERENCES "lead"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_note" ADD CONSTRAINT "lead_note_tenant_id_lead_id_fkey" FOREIGN KEY ("tenant_id", "lead_id") REFERENCES "lead"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_note" ADD CONSTRAINT "lead_note_tenant_id_author_id_fkey" FOREIGN KEY ("tenant_id", "author_id") REFERENCES "member"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_consent" ADD CONSTRAINT "lead_consent_tenant_id_lead_id_fkey" FOREIGN KEY ("tenant_id", "lead_id") REFERENCES "lead"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_head" ADD CONSTRAINT "journal_head_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma can't express: roles, row-level security, limits, the journal.
-- ---------------------------------------------------------------------------------------------------------------------

-- nexora_app: the server. nexora_journal: owns the functions that write the journal, and nothing else.
-- Neither can log in by itself, own a table or bypass row-level security; the runner gives nexora_app a login if asked.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nexora_app') THEN
    CREATE ROLE nexora_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nexora_journal') THEN
    CREATE ROLE nexora_journal NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT nexora_app, nexora_journal TO %I WITH INHERIT FALSE, SET TRUE', current_user);
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this cluster created them a moment ago
END $$;

GRANT USAGE ON SCHEMA public TO nexora_app, nexora_journal;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO nexora_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nexora_app;
REVOKE UPDATE, DELETE ON journal_entry, journal_head FROM nexora_app;
REVOKE INSERT ON journal_entry FROM nexora_app;

-- The tenant that this connection works for; null shows nothing.
CREATE FUNCTION nexora_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('nexora.tenant_id', true), '')::uuid;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOR tenant_table IN
    SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I USING (tenant_id = nexora_tenant()) WITH CHECK (tenant_id = nexora_tenant())',
      tenant_table);
  END LOOP;
END $$;

ALTER TABLE tenant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenant USING (id = nexora_tenant()) WITH CHECK (id = nexora_tenant());

-- Signing in starts with an e-mail and no tenant: for that one statement the members with exactly this e-mail are visible.
CREATE POLICY sign_in_by_email ON member FOR SELECT
  USING (email = NULLIF(current_setting('nexora.sign_in_email', true), ''));
CREATE INDEX member_email ON member (email, tenant_id);

-- Limits that no caller may pass, whatever the server checks before.
ALTER TABLE tenant ADD CONSTRAINT tenant_name CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE member
  ADD CONSTRAINT member_email CHECK (email = lower(email) AND char_length(email) <= 254),
  ADD CONSTRAINT member_name CHECK (char_length(name) BETWEEN 1 AND 200);
ALTER TABLE lead
  ADD CONSTRAINT lead_email CHECK (email = lower(email) AND char_length(email) <= 254),
  ADD CONSTRAINT lead_phone CHECK (phone ~ '^\+[1-9][0-9]{3,14}$'),
  ADD CONSTRAINT lead_attributes CHECK (jsonb_typeof(attributes) = 'object'),
  ADD CONSTRAINT lead_tags CHECK (cardinality(tags) <= 100);
CREATE INDEX lead_tags ON lead USING gin (tags);

-- ---- The journal -------------------------------------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE ON journal_entry TO nexora_journal;
GRANT SELECT, UPDATE ON journal_head TO nexora_journal;
CREATE POLICY heads_of_all_tenants ON journal_head FOR SELECT TO nexora_journal USING (true);

-- The text that an entry's hash covers: a JSON array, printed as PostgreSQL prints jsonb (sorted keys, one space after
-- ':' and ','). Personal data takes part by its salted hash only, so it can be erased without breaking the chain.
CREATE FUNCTION journal_canonical(
  tenant_id uuid, "position" bigint, id uuid, type text, subject_type text, subject_id uuid, actor jsonb,
  request_id text, occurred_at timestamptz, data jsonb, personal_hash bytea
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN jsonb_build_array(
  tenant_id, "position", id, type, subject_type, subject_id, actor, request_id,
  (extract(epoch FROM occurred_at) * 1000)::bigint, data, encode(personal_hash, 'hex'))::text;

CREATE FUNCTION journal_hash(previous bytea, canonical text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(previous || convert_to(canonical, 'UTF8'));

CREATE FUNCTION journal_personal_hash(salt bytea, personal jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(salt || convert_to(personal::text, 'UTF8'));

-- The hash before position 1.
CREATE FUNCTION journal_genesis() RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN decode(repeat('00', 32), 'hex');

-- Appends entries to the current tenant's journal and returns the position of the last one. Call it as the last statement
-- before COMMIT: it holds the tenant's head row until then, so positions have no gaps and are in commit order.
-- Shape of an entry: { type, subjectType, subjectId, actor, requestId, data, personal? }.
CREATE FUNCTION journal_append(entries jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  head journal_head;
  ids uuid[];
  salts bytea[];
  commitments bytea[];
  canonicals text[];
  canonical text;
  hashes bytea[] := '{}';
  now_ms timestamptz(3);
BEGIN
  SELECT * INTO head FROM journal_head h WHERE h.tenant_id = tenant FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the tenant has no journal' USING ERRCODE = 'NX001';
  END IF;
  now_ms := clock_timestamp();
  WITH salted AS MATERIALIZED (
    SELECT n, entry, uuidv7() AS id,
      -- Two random UUIDs carry 244 random bits; pgcrypto isn't needed for that.
      CASE WHEN entry ? 'personal' THEN sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) END AS salt
    FROM jsonb_array_elements(entries) WITH ORDINALITY AS e(entry, n)
  ), committed AS MATERIALIZED (
    SELECT n, entry, id, salt, journal_personal_hash(salt, entry -> 'personal') AS commitment FROM salted
  )
  SELECT array_agg(c.id ORDER BY n), array_agg(c.salt ORDER BY n), array_agg(c.commitment ORDER BY n),
    array_agg(journal_canonical(tenant, head.position + n, c.id, entry ->> 'type', entry ->> 'subjectType',
      (entry ->> 'subjectId')::uuid, entry -> 'actor', entry ->> 'requestId', now_ms, entry -> 'data', c.commitment) ORDER BY n)
  INTO ids, salts, commitments, canonicals
  FROM committed c;
  FOREACH canonical IN ARRAY canonicals LOOP
    head.hash := journal_hash(head.hash, canonical);
    hashes := hashes || head.hash;
  END LOOP;
  INSERT INTO journal_entry (tenant_id, position, id, type, subject_type, subject_id, actor, request_id, occurred_at,
    data, personal, personal_salt, personal_hash, hash)
  SELECT tenant, head.position + n, ids[n], entry ->> 'type', entry ->> 'subjectType', (entry ->> 'subjectId')::uuid,
    entry -> 'actor', entry ->> 'requestId', now_ms, entry -> 'data', entry -> 'personal', salts[n], commitments[n], hashes[n]
  FROM jsonb_array_elements(entries) WITH ORDINALITY AS e(entry, n)
  ORDER BY n;
  head.position := head.position + cardinality(ids);
  UPDATE journal_head h SET position = head.position, hash = head.hash WHERE h.tenant_id = tenant;
  RETURN head.position;
END $$;

-- Erases the personal data of all entries about these subjects. The caller appends an entry whose data.erasedSubjects names
-- them: only that makes a missing payload legitimate for journal_verify.
CREATE FUNCTION journal_erase(subjects uuid[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH erased AS (
    UPDATE journal_entry e SET personal = NULL, personal_salt = NULL
    WHERE e.tenant_id = nexora_tenant() AND e.subject_id = ANY (subjects) AND e.personal IS NOT NULL
    RETURNING 1
  )
  SELECT count(*) FROM erased
$$;

-- Checks the entries from first to last (both included): numbering, chain, content and personal payloads, and against
-- the head when the range reaches it. Returns how many entries it read and the first bad position (null: none).
CREATE FUNCTION journal_verify(first_position bigint, last_position bigint, OUT entries bigint, OUT first_bad_position bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  head journal_head;
  before bytea;
  last_read bigint;
  last_hash bytea;
BEGIN
  SELECT * INTO head FROM journal_head h WHERE h.tenant_id = tenant;
  IF first_position = 1 THEN
    before := journal_genesis();
  ELSE
    SELECT e.hash INTO before FROM journal_entry e WHERE e.tenant_id = tenant AND e.position = first_position - 1;
    IF NOT FOUND THEN
      entries := 0;
      first_bad_position := first_position - 1;
      RETURN;
    END IF;
  END IF;

  WITH link AS (
    SELECT e.*,
      lag(e.position, 1, first_position - 1) OVER (ORDER BY e.position) AS previous_position,
      lag(e.hash, 1, before) OVER (ORDER BY e.position) AS previous_hash
    FROM journal_entry e
    WHERE e.tenant_id = tenant AND e.position BETWEEN first_position AND least(last_position, head.position)
  ), erased AS (
    SELECT DISTINCT subject::uuid AS subject_id
    FROM journal_entry e, jsonb_array_elements_text(e.data -> 'erasedSubjects') subject
    WHERE e.tenant_id = tenant AND e.type = 'lead.deleted'
  ), judged AS (
    SELECT l.position, l.hash,
      CASE
        WHEN l.position <> l.previous_position + 1 THEN l.previous_position + 1
        WHEN l.hash IS DISTINCT FROM journal_hash(l.previous_hash, journal_canonical(
          l.tenant_id, l.position, l.id, l.type, l.subject_type, l.subject_id, l.actor, l.request_id, l.occurred_at,
          l.data, l.personal_hash)) THEN l.position
        WHEN l.personal IS NOT NULL
          AND (l.personal_hash = journal_personal_hash(l.personal_salt, l.personal)) IS NOT TRUE THEN l.position
        WHEN l.personal IS NULL AND l.personal_hash IS NOT NULL
          AND NOT EXISTS (SELECT FROM erased WHERE erased.subject_id = l.subject_id) THEN l.position
      END AS bad
    FROM link l
  )
  SELECT count(*), min(bad), max(j.position), (array_agg(j.hash ORDER BY j.position DESC))[1]
  INTO entries, first_bad_position, last_read, last_hash
  FROM judged j;

  IF first_bad_position IS NULL THEN
    IF coalesce(last_read, first_position - 1) < least(last_position, head.position) THEN
      first_bad_position := coalesce(last_read, first_position - 1) + 1;
    ELSIF last_position >= head.position AND head.position >= first_position AND last_hash IS DISTINCT FROM head.hash THEN
      first_bad_position := head.position;
    ELSIF last_position >= head.position AND EXISTS (
      SELECT FROM journal_entry e WHERE e.tenant_id = tenant AND e.position > head.position) THEN
      -- The head moves with the entries in one transaction, so nothing can stand behind it (this snapshot is later than
      -- the head's, hence the second look).
      SELECT min(e.position) INTO first_bad_position
      FROM journal_entry e
      WHERE e.tenant_id = tenant
        AND e.position > (SELECT h.position FROM journal_head h WHERE h.tenant_id = tenant);
    END IF;
  END IF;
END $$;

-- The heads of several tenants at once: one small query a second serves all subscribers of a process.
CREATE FUNCTION journal_heads(tenants uuid[]) RETURNS TABLE (tenant_id uuid, "position" bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h.tenant_id, h.position FROM journal_head h WHERE h.tenant_id = ANY (tenants)
$$;

-- Changes when this database is another one than the one that handed out a cursor: restored from a backup (timeline),
-- loaded into another cluster (system identifier) or into another database (oid).
CREATE FUNCTION journal_epoch() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public
RETURN (SELECT left(encode(sha256(convert_to(
  (SELECT system_identifier FROM pg_control_system()) || '/' ||
  (SELECT timeline_id FROM pg_control_checkpoint()) || '/' ||
  (SELECT oid FROM pg_database WHERE datname = current_database()), 'UTF8')), 'hex'), 8));

GRANT CREATE ON SCHEMA public TO nexora_journal;
ALTER FUNCTION journal_append(jsonb) OWNER TO nexora_journal;
ALTER FUNCTION journal_erase(uuid[]) OWNER TO nexora_journal;
ALTER FUNCTION journal_heads(uuid[]) OWNER TO nexora_journal;
REVOKE CREATE ON SCHEMA public FROM nexora_journal;
REVOKE ALL ON FUNCTION journal_append(jsonb), journal_erase(uuid[]), journal_heads(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_append(jsonb), journal_erase(uuid[]), journal_heads(uuid[]) TO nexora_app;
