-- Two ends that sessions didn't have: one of which nobody said for long whether it took place is charged, and what was charged by
-- mistake is given back.

GRANT CREATE ON SCHEMA public TO nexora_booking, nexora_journal;
SET LOCAL ROLE nexora_booking;

-- Spends what is held for a session that is over and that nobody has reported on. It stays open for a report.
CREATE FUNCTION session_charge(p_session uuid, p_version integer, p_at timestamptz, p_actor jsonb) RETURNS SETOF credit_move
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  part record;
  spent uuid[] := '{}';
BEGIN
  FOR part IN
    SELECT id, hold_id FROM booking
    WHERE tenant_id = tenant AND session_id = p_session AND status = 'BOOKED' AND payment = 'HELD' ORDER BY client_id, hold_id
  LOOP
    BEGIN
      RETURN NEXT credit_post(part.hold_id, p_at, p_actor, 'nobody reported on the session');
      spent := spent || part.id;
    EXCEPTION WHEN SQLSTATE 'LG005' THEN
      NULL; -- the hold has ended: its credits are back
    END;
  END LOOP;
  UPDATE session SET version = version + 1, updated_at = p_at
  WHERE tenant_id = tenant AND id = p_session AND version = p_version AND status = 'CONFIRMED' AND ends_at <= p_at;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the session was changed' USING ERRCODE = 'BK002';
  END IF;
  UPDATE booking SET payment = CASE WHEN id = ANY (spent) THEN 'SPENT' ELSE 'RETURNED' END
  WHERE tenant_id = tenant AND session_id = p_session AND status = 'BOOKED' AND payment = 'HELD';
END $$;

-- Takes back what was said of bookings that are over: they count as cancelled, and what was spent goes back into its lots. A
-- session in which nobody has a place any more is cancelled.
CREATE FUNCTION session_reverse(
  p_session uuid, p_version integer, p_bookings uuid[], p_reason text, p_at timestamptz, p_actor jsonb
) RETURNS SETOF credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  part record;
  gone integer;
BEGIN
  FOR part IN
    SELECT h.settled_txn_id FROM booking b
    JOIN credit_hold h ON h.tenant_id = b.tenant_id AND h.id = b.hold_id
    WHERE b.tenant_id = tenant AND b.session_id = p_session AND b.id = ANY (p_bookings) AND b.payment = 'SPENT'
    ORDER BY b.client_id, b.hold_id
  LOOP
    RETURN NEXT credit_refund(part.settled_txn_id, p_at, p_actor, 'session reversed');
  END LOOP;
  PERFORM FROM session WHERE tenant_id = tenant AND id = p_session AND version = p_version FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the session was changed' USING ERRCODE = 'BK002';
  END IF;
  SELECT count(*) INTO gone FROM booking
  WHERE tenant_id = tenant AND session_id = p_session AND id = ANY (p_bookings) AND status <> 'CANCELLED';
  UPDATE booking SET status = 'CANCELLED', payment = CASE WHEN payment = 'SPENT' THEN 'RETURNED' ELSE payment END, ended_at = p_at
  WHERE tenant_id = tenant AND session_id = p_session AND id = ANY (p_bookings);
  UPDATE session SET taken = taken - gone, version = version + 1, updated_at = p_at,
    status = CASE WHEN taken = gone THEN 'CANCELLED' ELSE status END,
    sequence = CASE WHEN taken = gone AND status <> 'CANCELLED' THEN sequence + 1 ELSE sequence END,
    cancel_reason = CASE WHEN taken = gone THEN coalesce(p_reason, cancel_reason) ELSE cancel_reason END
  WHERE tenant_id = tenant AND id = p_session;
  UPDATE slot_claim SET released_at = p_at
  WHERE tenant_id = tenant AND session_id = p_session AND kind = 'BOOKING' AND released_at IS NULL
    AND (resource_id IN (SELECT learner_id FROM booking WHERE tenant_id = tenant AND id = ANY (p_bookings))
      OR EXISTS (SELECT FROM session WHERE tenant_id = tenant AND id = p_session AND status = 'CANCELLED'));
END $$;

SET LOCAL ROLE nexora_journal;

-- The tenants that have sessions to charge: over since then, with credits held.
CREATE FUNCTION session_charges_due(p_ended_before timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT b.tenant_id FROM booking b JOIN session s ON s.tenant_id = b.tenant_id AND s.id = b.session_id
  WHERE b.payment = 'HELD' AND s.status = 'CONFIRMED' AND s.ends_at <= p_ended_before
$$;

RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM nexora_booking, nexora_journal;

CREATE INDEX booking_held ON booking (tenant_id, session_id) WHERE payment = 'HELD';
GRANT SELECT (tenant_id, id, status, ends_at) ON session TO nexora_journal;
GRANT SELECT (tenant_id, session_id, payment) ON booking TO nexora_journal;
CREATE POLICY confirmed_of_all_tenants ON session FOR SELECT TO nexora_journal USING (status = 'CONFIRMED');
CREATE POLICY held_of_all_tenants ON booking FOR SELECT TO nexora_journal USING (payment = 'HELD');

SET LOCAL ROLE nexora_booking;
REVOKE ALL ON FUNCTION session_charge(uuid, integer, timestamptz, jsonb),
  session_reverse(uuid, integer, uuid[], text, timestamptz, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_charge(uuid, integer, timestamptz, jsonb),
  session_reverse(uuid, integer, uuid[], text, timestamptz, jsonb) TO nexora_app;
SET LOCAL ROLE nexora_journal;
REVOKE ALL ON FUNCTION session_charges_due(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_charges_due(timestamptz) TO nexora_app;
RESET ROLE;
