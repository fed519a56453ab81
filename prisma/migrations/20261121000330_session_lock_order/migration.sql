-- Functions of sessions, as before but for what is said at each.
--
-- The order of locks is the whole server's (docs/decisions/0022): coaches' limits by ascending coach, balances by ascending account,
-- the waiting list's entry whose offer is accepted, sessions, bookings, claims by ascending resource and instant. Whoever takes one
-- of them must not have taken a later one before.

GRANT CREATE ON SCHEMA public TO nexora_booking, nexora_ledger;
GRANT SELECT ON credit_hold TO nexora_booking;

SET LOCAL ROLE nexora_ledger;
CREATE FUNCTION credit_lock_accounts(p_clients uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT FROM credit_balance WHERE tenant_id = nexora_tenant() AND account_id = ANY (p_clients)
  ORDER BY account_id FOR NO KEY UPDATE
$$;
REVOKE ALL ON FUNCTION credit_lock_accounts(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION credit_lock_accounts(uuid[]),
  credit_refund(uuid, timestamptz, jsonb, text, text, timestamptz) TO nexora_booking;

SET LOCAL ROLE nexora_booking;

-- All bookings of a call are one client's. A workshop is joined at the time that was planned for: one that was moved meanwhile is another session (BK002).
CREATE OR REPLACE FUNCTION session_book(
  p_series jsonb, p_sessions jsonb, p_bookings jsonb, p_offer uuid, p_at timestamptz, p_actor jsonb
) RETURNS SETOF credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  wanted record;
  move credit_move;
  holds jsonb := '{}';
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
    SELECT b.session_id, b.starts_at FROM jsonb_to_recordset(p_bookings) AS b (session_id uuid, is_join boolean, starts_at timestamptz)
    WHERE b.is_join ORDER BY b.session_id
  LOOP
    PERFORM FROM session s
    WHERE s.tenant_id = tenant AND s.id = wanted.session_id AND s.starts_at = wanted.starts_at AND s.status IN ('PENDING', 'CONFIRMED')
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the session was changed' USING ERRCODE = 'BK002';
    END IF;
    -- Seats that are offered to others are kept for them.
    UPDATE session s SET taken = s.taken + 1, version = s.version + 1, updated_at = p_at
    WHERE s.tenant_id = tenant AND s.id = wanted.session_id AND s.starts_at > p_at AND s.taken < s.capacity
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

-- All balances first, then the sessions, then the bookings. What was spent already is given back as a refund.
CREATE OR REPLACE FUNCTION session_settle(p_bookings jsonb, p_status text, p_at timestamptz, p_actor jsonb, p_reason text)
RETURNS SETOF credit_move LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  part record;
  move credit_move;
  spend uuid;
  outcomes jsonb := '{}';
BEGIN
  FOR part IN
    SELECT b.id, b.hold_id, w.settle
    FROM jsonb_to_recordset(p_bookings) AS w (id uuid, settle text)
    JOIN booking b ON b.tenant_id = tenant AND b.id = w.id
    WHERE b.hold_id IS NOT NULL
    ORDER BY b.client_id, b.hold_id
  LOOP
    BEGIN
      IF part.settle = 'SPEND' THEN
        move := credit_post(part.hold_id, p_at, p_actor, p_reason);
        outcomes := outcomes || jsonb_build_object(part.id::text, 'SPENT');
      ELSE
        move := credit_void(part.hold_id, p_at, p_actor, p_reason);
        outcomes := outcomes || jsonb_build_object(part.id::text, 'RETURNED');
      END IF;
      RETURN NEXT move;
    EXCEPTION WHEN SQLSTATE 'LG005' THEN
      outcomes := outcomes || jsonb_build_object(part.id::text, 'RETURNED');
      SELECT settled_txn_id INTO spend FROM credit_hold WHERE tenant_id = tenant AND id = part.hold_id AND state = 'POSTED';
      IF FOUND THEN
        RETURN NEXT credit_refund(spend, p_at, p_actor, p_reason);
      END IF;
    END;
  END LOOP;
  PERFORM FROM session s
  WHERE s.tenant_id = tenant AND s.id IN (SELECT b.session_id FROM jsonb_to_recordset(p_bookings) AS w (id uuid)
    JOIN booking b ON b.tenant_id = tenant AND b.id = w.id)
  ORDER BY s.id FOR NO KEY UPDATE;
  FOR part IN SELECT * FROM jsonb_to_recordset(p_bookings) AS w (id uuid, status text) ORDER BY w.id LOOP
    UPDATE booking SET status = coalesce(part.status, p_status), ended_at = p_at,
      payment = CASE WHEN hold_id IS NULL THEN 'FREE' ELSE outcomes ->> part.id::text END
    WHERE tenant_id = tenant AND id = part.id AND status = 'BOOKED';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the booking has ended already' USING ERRCODE = 'BK002';
    END IF;
  END LOOP;
END $$;

-- Who moves it himself keeps to his notice again. A customer for whom it is moved may still say that he can't come then.
DROP FUNCTION session_move(uuid, integer, jsonb, timestamptz, timestamptz);
CREATE FUNCTION session_move(
  p_session uuid, p_version integer, p_slot jsonb, p_by_customer boolean, p_hold_until timestamptz, p_at timestamptz
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
  UPDATE booking SET deadline_at = CASE
    WHEN p_by_customer THEN (p_slot ->> 'starts_at')::timestamptz - cancellation_notice_min * interval '1 minute'
    ELSE greatest(deadline_at, (p_slot ->> 'starts_at')::timestamptz) END
  WHERE tenant_id = tenant AND session_id = p_session AND status = 'BOOKED';
  UPDATE slot_claim SET released_at = p_at
  WHERE tenant_id = tenant AND session_id = p_session AND kind = 'BOOKING' AND released_at IS NULL;
  PERFORM session_claim(session_claims_of(ARRAY[p_session], NULL), p_at);
END $$;
REVOKE ALL ON FUNCTION session_move(uuid, integer, jsonb, boolean, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_move(uuid, integer, jsonb, boolean, timestamptz, timestamptz) TO nexora_app;

-- For who changes several sessions in one transaction: the balances of all who have places in them, then the sessions.
CREATE FUNCTION session_lock(p_sessions uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM credit_lock_accounts(ARRAY(SELECT client_id FROM booking
    WHERE tenant_id = nexora_tenant() AND session_id = ANY (p_sessions) AND hold_id IS NOT NULL));
  PERFORM FROM session WHERE tenant_id = nexora_tenant() AND id = ANY (p_sessions) ORDER BY id FOR NO KEY UPDATE;
END $$;
REVOKE ALL ON FUNCTION session_lock(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_lock(uuid[]) TO nexora_app;

RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM nexora_booking, nexora_ledger;
