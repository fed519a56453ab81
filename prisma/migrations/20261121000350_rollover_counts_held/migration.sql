-- Credits that were held when a plan's period turned came back later beyond the cap.
GRANT CREATE ON SCHEMA public TO nexora_ledger;
SET LOCAL ROLE nexora_ledger; -- whose it is

-- What becomes of a plan's unused credits when its period turns. Of the allocations that became effective before the turn
-- NONE, at most a cap (with what is held of them), or all (FULL) stay; what expires first goes first. Null when nothing goes.
CREATE OR REPLACE FUNCTION credit_rollover(
  p_client uuid, p_policy text, p_cap bigint, p_turn timestamptz, p_key text, p_at timestamptz, p_actor jsonb
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  hash constant bytea := credit_request('ROLLOVER', p_client, 0, NULL);
  keep bigint := CASE p_policy WHEN 'NONE' THEN 0 WHEN 'CAP' THEN p_cap WHEN 'FULL' THEN 1000000000000 END;
  before credit_move;
  move credit_move;
  lots uuid[];
  amounts bigint[];
BEGIN
  IF keep IS NULL OR keep < 0 THEN
    RAISE EXCEPTION 'the policy is NONE, FULL, or CAP with a cap' USING ERRCODE = 'LG003';
  END IF;
  IF NOT EXISTS (SELECT FROM credit_balance WHERE tenant_id = tenant AND account_id = p_client) THEN
    RETURN NULL;
  END IF;
  move := credit_lock(p_client, p_at);
  before := credit_replay(p_key, hash);
  IF before.transaction_id IS NOT NULL THEN
    RETURN before;
  END IF;
  -- What is held can come back: it counts as carried over first.
  SELECT greatest(0, keep - coalesce(sum(part.amount), 0)) INTO keep
  FROM credit_hold h
  JOIN credit_hold_lot part ON part.tenant_id = h.tenant_id AND part.hold_id = h.id
  JOIN credit_lot l ON l.tenant_id = part.tenant_id AND l.id = part.lot_id
  WHERE h.tenant_id = tenant AND h.account_id = p_client AND h.state = 'HELD' AND l.source = 'MONTHLY_ALLOCATION'
    AND l.effective_at < p_turn AND l.expires_at > p_at AND p_policy = 'CAP';
  -- Walked from what lasts longest, the first `keep` credits stay.
  SELECT array_agg(id ORDER BY expires_at, id), array_agg(least(remaining, through - keep) ORDER BY expires_at, id)
  INTO lots, amounts
  FROM (
    SELECT id, remaining, expires_at, sum(remaining) OVER (ORDER BY expires_at DESC, id DESC) AS through
    FROM credit_lot
    WHERE tenant_id = tenant AND account_id = p_client AND is_open AND source = 'MONTHLY_ALLOCATION'
      AND effective_at < p_turn AND expires_at > p_at
  ) AS unused
  WHERE through > keep;
  IF lots IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN credit_book_expiry(move, lots, amounts, p_key, hash, p_actor, 'not carried over', NULL);
END $$;

RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM nexora_ledger;
