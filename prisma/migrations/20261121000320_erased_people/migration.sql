-- Whoever wants it is forgotten: the row stays for what refers to it (money, sessions that took place), and says nothing of
-- the person any more.
ALTER TABLE "client" ADD COLUMN "erased_at" TIMESTAMPTZ(3);
ALTER TABLE "learner" ADD COLUMN "erased_at" TIMESTAMPTZ(3);
ALTER TABLE "coach" ADD COLUMN "erased_at" TIMESTAMPTZ(3);
ALTER TABLE client ADD CONSTRAINT client_erased CHECK (erased_at IS NULL OR (member_id IS NULL AND phone IS NULL));
ALTER TABLE learner ADD CONSTRAINT learner_erased CHECK (erased_at IS NULL OR (member_id IS NULL AND email IS NULL AND grade IS NULL));
ALTER TABLE coach ADD CONSTRAINT coach_erased
  CHECK (erased_at IS NULL OR (member_id IS NULL AND email IS NULL AND bio IS NULL AND status = 'DEACTIVATED'));

-- Forgets what stands about a learner who was erased in the sessions that he had alone, and his marks. Returns those sessions.
CREATE FUNCTION session_erase(p_learner uuid) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH erased AS (
    SELECT id FROM learner WHERE tenant_id = nexora_tenant() AND id = p_learner AND erased_at IS NOT NULL
  ), alone AS (
    SELECT DISTINCT b.session_id AS id FROM booking b JOIN erased ON erased.id = b.learner_id
    WHERE b.tenant_id = nexora_tenant() AND NOT EXISTS (SELECT FROM booking other
      WHERE other.tenant_id = b.tenant_id AND other.session_id = b.session_id AND other.learner_id <> b.learner_id)
  ), reports AS (
    DELETE FROM session_report r USING alone WHERE r.tenant_id = nexora_tenant() AND r.session_id = alone.id
  ), reasons AS (
    UPDATE session s SET cancel_reason = NULL FROM alone
    WHERE s.tenant_id = nexora_tenant() AND s.id = alone.id AND s.cancel_reason IS NOT NULL
  ), marks AS (
    DELETE FROM learner_progress p USING erased WHERE p.tenant_id = nexora_tenant() AND p.learner_id = erased.id
  )
  SELECT id FROM alone
$$;
GRANT SELECT (tenant_id, id, erased_at) ON learner TO nexora_booking;
GRANT SELECT, DELETE ON session_report, learner_progress TO nexora_booking;
REVOKE ALL ON FUNCTION session_erase(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_erase(uuid) TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_booking;
ALTER FUNCTION session_erase(uuid) OWNER TO nexora_booking;
REVOKE CREATE ON SCHEMA public FROM nexora_booking;

-- As before, but for what makes a missing payload legitimate.
CREATE OR REPLACE FUNCTION journal_verify(first_position bigint, last_position bigint, OUT entries bigint, OUT first_bad_position bigint)
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
    WHERE e.tenant_id = tenant AND e.type IN ('lead.deleted', 'client.erased', 'learner.erased', 'coach.erased')
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
