-- Takes back what is left of a grant's lots, at most so much: its payment was given back. What was used or is held stays used.
-- Null when nothing is left. Like the ledger's other functions: one call, one key, the account locked first.
CREATE FUNCTION credit_take_back(
  p_client uuid, p_grant uuid, p_most bigint, p_key text, p_at timestamptz, p_actor jsonb, p_reason text
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  hash constant bytea := credit_request('TAKE_BACK', p_client, p_most, p_grant::text);
  before credit_move;
  move credit_move;
  lots uuid[];
  amounts bigint[];
  contra text;
BEGIN
  PERFORM credit_check_amount(p_most);
  SELECT CASE kind WHEN 'MONTHLY_ALLOCATION' THEN 'PLAN_GRANTS' WHEN 'PURCHASE' THEN 'PAYMENT_CLEARING' END INTO contra
  FROM ledger_txn WHERE tenant_id = tenant AND id = p_grant AND account_id = p_client;
  IF contra IS NULL THEN
    RAISE EXCEPTION 'there is no such grant' USING ERRCODE = 'LG004';
  END IF;
  move := credit_lock(p_client, p_at);
  before := credit_replay(p_key, hash);
  IF before.transaction_id IS NOT NULL THEN
    RETURN before;
  END IF;
  -- What has expired is the expiry job's; an instant that was missed must not be booked as paid back.
  SELECT array_agg(id ORDER BY id), array_agg(least(remaining, p_most - passed) ORDER BY id) INTO lots, amounts
  FROM (
    SELECT id, remaining, coalesce(sum(remaining) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS passed
    FROM credit_lot
    WHERE tenant_id = tenant AND account_id = p_client AND grant_txn_id = p_grant AND is_open AND expires_at > p_at
  ) AS left_over
  WHERE passed < p_most;
  IF lots IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT sum(part) INTO move.amount FROM unnest(amounts) AS part;
  UPDATE credit_lot l SET remaining = l.remaining - parts.part, is_open = l.remaining > parts.part
  FROM unnest(lots, amounts) AS parts(lot, part)
  WHERE l.tenant_id = tenant AND l.id = parts.lot;
  move.balance := move.balance - move.amount;
  move.version := move.version + 1;
  move.transaction_id := credit_write(move, 'ADJUSTMENT', p_key, hash, p_actor, p_reason, p_grant::text);
  PERFORM credit_enter(move, lots, ARRAY(SELECT -part FROM unnest(amounts) AS part), contra);
  RETURN move;
END $$;

REVOKE ALL ON FUNCTION credit_take_back(uuid, uuid, bigint, text, timestamptz, jsonb, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION credit_take_back(uuid, uuid, bigint, text, timestamptz, jsonb, text) TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_ledger;
ALTER FUNCTION credit_take_back(uuid, uuid, bigint, text, timestamptz, jsonb, text) OWNER TO nexora_ledger;
REVOKE CREATE ON SCHEMA public FROM nexora_ledger;
