-- What fails for one client fails for a whole batch of clients. So due work can be done one by one, too, and what failed is
-- remembered where it isn't told by its own row.

-- Clients before last_client_id who couldn't be told of the month yet.
ALTER TABLE "monthly_report" ADD COLUMN "failed_client_ids" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[];

-- As before, but for one account if it is given.
SET LOCAL ROLE nexora_ledger; -- whose they are
DROP FUNCTION credit_expire(timestamptz, integer, jsonb), credit_expire_holds(timestamptz, integer, jsonb);
RESET ROLE;
-- Books what has expired, at most so many lots. An account that somebody works on is left to the next run: the lots are
-- unusable anyway since their instant.
CREATE FUNCTION credit_expire(p_at timestamptz, p_most integer, p_actor jsonb, p_account uuid DEFAULT NULL) RETURNS SETOF credit_move
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  account uuid;
  move credit_move;
  lots uuid[];
  amounts bigint[];
BEGIN
  FOR account IN
    SELECT DISTINCT due.account_id FROM (
      SELECT account_id FROM credit_lot
      WHERE tenant_id = tenant AND is_open AND expires_at <= p_at AND (p_account IS NULL OR account_id = p_account)
      ORDER BY expires_at LIMIT p_most
    ) AS due ORDER BY due.account_id
  LOOP
    PERFORM FROM credit_balance WHERE tenant_id = tenant AND account_id = account FOR NO KEY UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    move := credit_lock(account, p_at);
    SELECT array_agg(due.id ORDER BY due.expires_at, due.id), array_agg(due.remaining ORDER BY due.expires_at, due.id)
    INTO lots, amounts
    FROM (
      SELECT id, remaining, expires_at FROM credit_lot
      WHERE tenant_id = tenant AND account_id = account AND is_open AND expires_at <= p_at ORDER BY expires_at, id LIMIT p_most
    ) AS due;
    CONTINUE WHEN lots IS NULL;
    RETURN NEXT credit_book_expiry(move, lots, amounts, 'expire:' || lots[1] || ':' || move.version + 1,
      credit_request('EXPIRATION', account, 0, NULL), p_actor, NULL, NULL);
  END LOOP;
END $$;

-- Lets go of holds whose end has come.
CREATE FUNCTION credit_expire_holds(p_at timestamptz, p_most integer, p_actor jsonb, p_account uuid DEFAULT NULL) RETURNS SETOF credit_move
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  due record;
BEGIN
  FOR due IN
    SELECT id, account_id FROM (
      SELECT id, account_id FROM credit_hold
      WHERE tenant_id = tenant AND state = 'HELD' AND ends_at <= p_at AND (p_account IS NULL OR account_id = p_account)
      ORDER BY ends_at LIMIT p_most
    ) AS ended ORDER BY account_id, id
  LOOP
    PERFORM FROM credit_balance WHERE tenant_id = tenant AND account_id = due.account_id FOR NO KEY UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    CONTINUE WHEN NOT EXISTS (SELECT FROM credit_hold WHERE tenant_id = tenant AND id = due.id AND state = 'HELD');
    RETURN NEXT credit_release(due.id, 'EXPIRED', 'HOLD_EXPIRATION', 'end:' || due.id, p_at, p_actor, NULL, 'RESTORE', NULL);
  END LOOP;
END $$;

REVOKE ALL ON FUNCTION credit_expire(timestamptz, integer, jsonb, uuid), credit_expire_holds(timestamptz, integer, jsonb, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION credit_expire(timestamptz, integer, jsonb, uuid), credit_expire_holds(timestamptz, integer, jsonb, uuid) TO nexora_app;
GRANT CREATE ON SCHEMA public TO nexora_ledger;
ALTER FUNCTION credit_expire(timestamptz, integer, jsonb, uuid) OWNER TO nexora_ledger;
ALTER FUNCTION credit_expire_holds(timestamptz, integer, jsonb, uuid) OWNER TO nexora_ledger;
REVOKE CREATE ON SCHEMA public FROM nexora_ledger;
