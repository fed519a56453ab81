-- One function per change of sessions, called once: credits, rows and claims in one round trip. Each takes the instant as a
-- parameter. The order of locks is: balance, sessions, bookings, claims by ascending resource and instant; so those who meet
-- wait for each other, and none for each other in a ring.
--
--   BK001  somebody else has the time (detail: {"kind"} of the resource)
--   BK002  the session isn't what it was when it was read
--   BK003  no seat is left
--   BK004  the learner has a place already

-- Takes the time of resources. An expired hold still stands in the constraint's way, so it is let go first. Never a plain
-- INSERT: those that roll back deadlock.
CREATE FUNCTION session_claim(p_claims jsonb, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  wanted record;
BEGIN
  FOR wanted IN
    SELECT * FROM jsonb_to_recordset(p_claims) AS c (resource_id uuid, session_id uuid, starts_at timestamptz, ends_at timestamptz,
      busy_from timestamptz, busy_to timestamptz)
    ORDER BY resource_id, busy_from
  LOOP
    UPDATE slot_claim SET released_at = p_at
    WHERE tenant_id = tenant AND resource_id = wanted.resource_id AND released_at IS NULL AND hold_until <= p_at
      AND busy_from < wanted.busy_to AND busy_to > wanted.busy_from;
    INSERT INTO slot_claim (tenant_id, resource_id, session_id, kind, starts_at, ends_at, busy_from, busy_to)
    VALUES (tenant, wanted.resource_id, wanted.session_id, 'BOOKING', wanted.starts_at, wanted.ends_at, wanted.busy_from, wanted.busy_to)
    ON CONFLICT ON CONSTRAINT slot_claim_no_overlap DO NOTHING;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the time is taken' USING ERRCODE = 'BK001',
        DETAIL = (SELECT jsonb_build_object('kind', kind) FROM resource WHERE tenant_id = tenant AND id = wanted.resource_id)::text;
    END IF;
  END LOOP;
END $$;

-- The claims of a session's coach and room, and of the learners who have a place in it.
CREATE FUNCTION session_claims_of(p_sessions uuid[], p_learners_only uuid[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('resource_id', r.id, 'session_id', s.id, 'starts_at', s.starts_at,
    'ends_at', s.ends_at, 'busy_from', s.busy_from, 'busy_to', s.busy_to)), '[]')
  FROM session s
  CROSS JOIN LATERAL (
    SELECT s.coach_id AS id WHERE p_learners_only IS NULL
    UNION ALL SELECT s.room_id WHERE p_learners_only IS NULL AND s.room_id IS NOT NULL
    UNION ALL SELECT b.learner_id FROM booking b
      WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id AND b.status = 'BOOKED'
        AND (p_learners_only IS NULL OR b.id = ANY (p_learners_only))
  ) AS r
  WHERE s.tenant_id = nexora_tenant() AND s.id = ANY (p_sessions)
$$;

-- Books learners into new sessions and into workshops that take place already, all or none. Returns the holds of the
-- bookings that cost something, in the order of p_bookings.
CREATE FUNCTION session_book(
  p_series jsonb, p_sessions jsonb, p_bookings jsonb, p_offer uuid, p_at timestamptz, p_actor jsonb
) RETURNS SETOF credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  wanted record;
  move credit_move;
  holds jsonb := '{}';
  is_new boolean;
BEGIN
  FOR wanted IN
    SELECT * FROM ROWS FROM (jsonb_to_recordset(p_bookings) AS (id uuid, client_id uuid, credits bigint, hold_until timestamptz))
      WITH ORDINALITY AS b (id, client_id, credits, hold_until, n)
    WHERE b.credits > 0 ORDER BY b.n
  LOOP
    move := credit_hold(wanted.client_id, wanted.credits, 'booking:' || wanted.id, p_at, p_actor, wanted.hold_until,
      'booking:' || wanted.id);
    holds := holds || jsonb_build_object(wanted.id::text, move.hold_id);
    RETURN NEXT move;
  END LOOP;

  -- An offer that was accepted gives its time back to be booked.
  IF p_offer IS NOT NULL THEN
    UPDATE waiting_list_entry SET status = 'BOOKED'
    WHERE tenant_id = tenant AND id = p_offer AND status = 'OFFERED' AND offered_until > p_at;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the offer has ended' USING ERRCODE = 'BK002';
    END IF;
    UPDATE slot_claim SET released_at = p_at WHERE tenant_id = tenant AND id = p_offer AND released_at IS NULL;
  END IF;

  INSERT INTO session_series (tenant_id, id, weeks, booked_at)
  SELECT tenant, s.id, s.weeks, p_at FROM jsonb_to_record(p_series) AS s (id uuid, weeks integer) WHERE s.id IS NOT NULL;
  INSERT INTO session (tenant_id, id, session_type_id, coach_id, room_id, series_id, kind, title, status, starts_at, ends_at,
    busy_from, busy_to, time_zone, local_start, capacity, taken, meeting_room, booked_at, updated_at)
  SELECT tenant, s.id, s.session_type_id, s.coach_id, s.room_id, s.series_id, s.kind, s.title, s.status, s.starts_at, s.ends_at,
    s.busy_from, s.busy_to, s.time_zone, s.local_start, s.capacity, 1, s.meeting_room, p_at, p_at
  FROM jsonb_to_recordset(p_sessions) AS s (id uuid, session_type_id uuid, coach_id uuid, room_id uuid, series_id uuid, kind text,
    title text, status text, starts_at timestamptz, ends_at timestamptz, busy_from timestamptz, busy_to timestamptz,
    time_zone text, local_start text, capacity integer, meeting_room text);

  FOR wanted IN
    SELECT b.session_id FROM jsonb_to_recordset(p_bookings) AS b (session_id uuid, is_join boolean)
    WHERE b.is_join ORDER BY b.session_id
  LOOP
    -- Seats that are offered to others are kept for them.
    UPDATE session s SET taken = s.taken + 1, version = s.version + 1, updated_at = p_at
    WHERE s.tenant_id = tenant AND s.id = wanted.session_id AND s.status IN ('PENDING', 'CONFIRMED') AND s.starts_at > p_at
      AND s.taken < s.capacity
      AND s.taken + (SELECT count(*) FROM waiting_list_entry w
        WHERE w.tenant_id = tenant AND w.session_id = s.id AND w.status = 'OFFERED' AND w.offered_until > p_at) < s.capacity;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no seat is left' USING ERRCODE = 'BK003';
    END IF;
  END LOOP;

  FOR wanted IN
    SELECT * FROM jsonb_to_recordset(p_bookings) AS b (id uuid, session_id uuid, learner_id uuid, client_id uuid, credits bigint,
      cancellation_notice_min integer, late_cancellation text, deadline_at timestamptz)
  LOOP
    INSERT INTO booking (tenant_id, id, session_id, learner_id, client_id, status, credits, hold_id, payment,
      cancellation_notice_min, late_cancellation, deadline_at, booked_at)
    VALUES (tenant, wanted.id, wanted.session_id, wanted.learner_id, wanted.client_id, 'BOOKED', wanted.credits,
      (holds ->> wanted.id::text)::uuid, CASE WHEN wanted.credits = 0 THEN 'FREE' ELSE 'HELD' END,
      wanted.cancellation_notice_min, wanted.late_cancellation, wanted.deadline_at, p_at)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the learner has a place already' USING ERRCODE = 'BK004';
    END IF;
  END LOOP;

  PERFORM session_claim(
    session_claims_of(ARRAY(SELECT (s ->> 'id')::uuid FROM jsonb_array_elements(p_sessions) AS s), NULL)
    || session_claims_of(
      ARRAY(SELECT (b ->> 'session_id')::uuid FROM jsonb_array_elements(p_bookings) AS b WHERE (b ->> 'is_join')::boolean),
      ARRAY(SELECT (b ->> 'id')::uuid FROM jsonb_array_elements(p_bookings) AS b WHERE (b ->> 'is_join')::boolean)),
    p_at);
END $$;

-- Settles the holds of bookings: RETURN gives the credits back into the same lots, SPEND uses them up. A hold whose end has
-- come has given its credits back by itself.
CREATE FUNCTION session_settle(p_bookings jsonb, p_status text, p_at timestamptz, p_actor jsonb, p_reason text)
RETURNS SETOF credit_move LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  part record;
  move credit_move;
  outcome text;
BEGIN
  FOR part IN
    SELECT b.id, b.hold_id, w.settle, coalesce(w.status, p_status) AS status
    FROM jsonb_to_recordset(p_bookings) AS w (id uuid, settle text, status text)
    JOIN booking b ON b.tenant_id = tenant AND b.id = w.id
    ORDER BY b.client_id, b.hold_id
  LOOP
    outcome := 'FREE';
    IF part.hold_id IS NOT NULL THEN
      BEGIN
        IF part.settle = 'SPEND' THEN
          move := credit_post(part.hold_id, p_at, p_actor, p_reason);
          outcome := 'SPENT';
        ELSE
          move := credit_void(part.hold_id, p_at, p_actor, p_reason);
          outcome := 'RETURNED';
        END IF;
        RETURN NEXT move;
      EXCEPTION WHEN SQLSTATE 'LG005' THEN
        outcome := 'RETURNED';
      END;
    END IF;
    UPDATE booking SET status = part.status, payment = outcome, ended_at = p_at
    WHERE tenant_id = tenant AND id = part.id AND status = 'BOOKED';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the booking has ended already' USING ERRCODE = 'BK002';
    END IF;
  END LOOP;
END $$;

-- Takes learners out of a session; with the last of them it is cancelled and its time is free. Holds are settled first, in the
-- order of locks: a second cancellation waits there, finds them settled, and then another version.
CREATE FUNCTION session_cancel(
  p_session uuid, p_version integer, p_bookings jsonb, p_reason text, p_at timestamptz, p_actor jsonb
) RETURNS SETOF credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  gone constant uuid[] := ARRAY(SELECT (b ->> 'id')::uuid FROM jsonb_array_elements(p_bookings) AS b);
  left_over integer;
BEGIN
  RETURN QUERY SELECT * FROM session_settle(p_bookings, 'CANCELLED', p_at, p_actor, 'session cancelled');
  UPDATE session SET taken = taken - cardinality(gone), version = version + 1, updated_at = p_at,
    status = CASE WHEN taken = cardinality(gone) THEN 'CANCELLED' ELSE status END,
    sequence = CASE WHEN taken = cardinality(gone) THEN sequence + 1 ELSE sequence END,
    cancel_reason = CASE WHEN taken = cardinality(gone) THEN p_reason END
  WHERE tenant_id = tenant AND id = p_session AND version = p_version AND status IN ('PENDING', 'CONFIRMED')
  RETURNING taken INTO left_over;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the session was changed' USING ERRCODE = 'BK002';
  END IF;
  UPDATE slot_claim SET released_at = p_at
  WHERE tenant_id = tenant AND session_id = p_session AND kind = 'BOOKING' AND released_at IS NULL
    AND (left_over = 0 OR resource_id IN (SELECT learner_id FROM booking WHERE tenant_id = tenant AND id = ANY (gone)));
END $$;

-- Moves a session: its own claims go first, so that it doesn't meet itself.
CREATE FUNCTION session_move(p_session uuid, p_version integer, p_slot jsonb, p_hold_until timestamptz, p_at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  part record;
BEGIN
  FOR part IN
    SELECT hold_id FROM booking WHERE tenant_id = tenant AND session_id = p_session AND status = 'BOOKED' AND hold_id IS NOT NULL
    ORDER BY client_id, hold_id
  LOOP
    PERFORM credit_prolong(part.hold_id, p_hold_until, p_at);
  END LOOP;
  UPDATE session SET coach_id = s.coach_id, room_id = s.room_id, starts_at = s.starts_at, ends_at = s.ends_at,
    busy_from = s.busy_from, busy_to = s.busy_to, time_zone = s.time_zone, local_start = s.local_start,
    sequence = sequence + 1, version = version + 1, updated_at = p_at
  FROM jsonb_to_record(p_slot) AS s (coach_id uuid, room_id uuid, starts_at timestamptz, ends_at timestamptz,
    busy_from timestamptz, busy_to timestamptz, time_zone text, local_start text)
  WHERE session.tenant_id = tenant AND session.id = p_session AND session.version = p_version
    AND session.status IN ('PENDING', 'CONFIRMED');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the session was changed' USING ERRCODE = 'BK002';
  END IF;
  UPDATE booking SET deadline_at = (p_slot ->> 'starts_at')::timestamptz - cancellation_notice_min * interval '1 minute'
  WHERE tenant_id = tenant AND session_id = p_session AND status = 'BOOKED';
  UPDATE slot_claim SET released_at = p_at
  WHERE tenant_id = tenant AND session_id = p_session AND kind = 'BOOKING' AND released_at IS NULL;
  PERFORM session_claim(session_claims_of(ARRAY[p_session], NULL), p_at);
END $$;

CREATE FUNCTION session_confirm(p_session uuid, p_version integer, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE session SET status = 'CONFIRMED', version = version + 1, updated_at = p_at
  WHERE tenant_id = nexora_tenant() AND id = p_session AND version = p_version AND status = 'PENDING';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the session was changed' USING ERRCODE = 'BK002';
  END IF;
END $$;

-- Ends a session that took place (COMPLETED) or to which nobody came (NO_SHOW): what was held is spent.
CREATE FUNCTION session_end(
  p_session uuid, p_version integer, p_status text, p_bookings jsonb, p_at timestamptz, p_actor jsonb
) RETURNS SETOF credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT * FROM session_settle(p_bookings, NULL, p_at, p_actor, NULL);
  UPDATE session SET status = p_status, version = version + 1, updated_at = p_at
  WHERE tenant_id = nexora_tenant() AND id = p_session AND version = p_version AND status = 'CONFIRMED';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the session was changed' USING ERRCODE = 'BK002';
  END IF;
END $$;

-- A hold lasts longer when what it is for happens later.
CREATE FUNCTION credit_prolong(p_hold uuid, p_until timestamptz, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM credit_lock(account_id, p_at) FROM credit_hold WHERE tenant_id = nexora_tenant() AND id = p_hold;
  UPDATE credit_hold SET ends_at = greatest(ends_at, p_until) WHERE tenant_id = nexora_tenant() AND id = p_hold AND state = 'HELD';
END $$;
GRANT UPDATE (ends_at) ON credit_hold TO nexora_ledger;

-- The tenants that have offers which ended. Row-level security shows the server one tenant at a time, so it asks this
-- function, which tells ids and nothing else.
CREATE FUNCTION session_tenants_due(p_at timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT tenant_id FROM waiting_list_entry WHERE status = 'OFFERED' AND offered_until <= p_at
$$;
GRANT SELECT (tenant_id, status, offered_until) ON waiting_list_entry TO nexora_journal;
CREATE POLICY offers_of_all_tenants ON waiting_list_entry FOR SELECT TO nexora_journal USING (true);

GRANT SELECT ON resource TO nexora_booking;
GRANT CREATE ON SCHEMA public TO nexora_booking, nexora_journal, nexora_ledger;
DO $$
DECLARE
  function regprocedure;
  name text;
BEGIN
  FOR function, name IN
    SELECT oid::regprocedure, proname FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND (proname LIKE 'session\_%' OR proname = 'credit_prolong')
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function);
    IF name IN ('session_book', 'session_cancel', 'session_move', 'session_confirm', 'session_end', 'session_tenants_due') THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO nexora_app', function);
    ELSIF name = 'credit_prolong' THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO nexora_booking', function);
    END IF;
    EXECUTE format('ALTER FUNCTION %s OWNER TO %I', function, CASE name
      WHEN 'session_tenants_due' THEN 'nexora_journal' WHEN 'credit_prolong' THEN 'nexora_ledger' ELSE 'nexora_booking' END);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM nexora_booking, nexora_journal, nexora_ledger;
