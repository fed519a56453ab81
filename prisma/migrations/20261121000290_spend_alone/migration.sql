-- A spend that is a transaction of its own is one call: it tells the journal of itself as its last step, so that the account, which
-- all who spend from it wait for, isn't locked while an answer goes to the server and its entry comes back.

-- As before, but the caller may choose the id of what it writes: its entry of the journal names it.
DROP FUNCTION credit_take(text, text, uuid, bigint, text, timestamptz, jsonb, text, text);
-- Credits leave an account: a spend, or a correction.
CREATE FUNCTION credit_take(
  p_kind text, p_contra text, p_client uuid, p_amount bigint, p_key text, p_at timestamptz, p_actor jsonb,
  p_reason text, p_reference text, p_id uuid DEFAULT NULL
) RETURNS credit_move LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  hash constant bytea := credit_request(p_kind, p_client, -p_amount, p_reference);
  move credit_move;
  drawn record;
BEGIN
  PERFORM credit_check_amount(p_amount);
  UPDATE credit_balance b
  SET balance = b.balance - p_amount, version = b.version + 1, moved_at = greatest(b.moved_at, date_trunc('milliseconds', p_at))
  WHERE b.tenant_id = tenant AND b.account_id = p_client AND b.balance - b.held >= p_amount
  RETURNING b.version, b.balance, b.held, b.moved_at INTO move.version, move.balance, move.held, move.at;
  IF NOT FOUND THEN
    move := credit_replay(p_key, hash);
    IF move.transaction_id IS NULL THEN
      PERFORM credit_refuse(p_client, p_amount, p_at);
    END IF;
    RETURN move;
  END IF;
  INSERT INTO ledger_txn (tenant_id, id, kind, idem_key, request_hash, account_id, amount, actor, reason, reference, at,
    version, balance_after, held_after)
  VALUES (tenant, coalesce(p_id, uuidv7()), p_kind, p_key, hash, p_client, p_amount, p_actor, p_reason, p_reference, move.at,
    move.version, move.balance, move.held)
  ON CONFLICT (tenant_id, idem_key) DO NOTHING RETURNING id INTO move.transaction_id;
  IF NOT FOUND THEN
    -- It had happened before. Nobody has seen the balance meanwhile, for its row is locked.
    UPDATE credit_balance SET balance = balance + p_amount, version = version - 1
    WHERE tenant_id = tenant AND account_id = p_client;
    RETURN credit_replay(p_key, hash);
  END IF;
  move.is_new := true;
  move.client_id := p_client;
  move.amount := p_amount;
  drawn := credit_draw(p_client, p_amount, p_at);
  PERFORM credit_enter(move, drawn.lots, ARRAY(SELECT -part FROM unnest(drawn.amounts) AS part), p_contra);
  RETURN move;
END $$;

-- `p_entry` is the journal's entry without what only the move knows; a repeated request appends none.
CREATE FUNCTION credit_spend_alone(
  p_id uuid, p_client uuid, p_amount bigint, p_key text, p_at timestamptz, p_actor jsonb, p_reason text, p_reference text, p_entry jsonb,
  OUT moved credit_move, OUT "position" bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  moved := credit_take('USAGE', 'CONSUMED', p_client, p_amount, p_key, p_at, p_actor, p_reason, p_reference, p_id);
  IF moved.is_new THEN
    "position" := journal_append(jsonb_build_array(jsonb_set(p_entry, '{data}', p_entry -> 'data' || jsonb_build_object(
      'amount', moved.amount,
      'at', to_char(moved.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'balance', moved.balance, 'held', moved.held, 'version', moved.version))));
  END IF;
END $$;

GRANT CREATE ON SCHEMA public TO nexora_ledger;
DO $$
DECLARE
  function regprocedure;
BEGIN
  FOR function IN
    SELECT oid::regprocedure FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proname IN ('credit_take', 'credit_spend_alone')
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function);
    EXECUTE format('ALTER FUNCTION %s OWNER TO nexora_ledger', function);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM nexora_ledger;
SET LOCAL ROLE nexora_ledger; -- whose it is
GRANT EXECUTE ON FUNCTION credit_spend_alone(uuid, uuid, bigint, text, timestamptz, jsonb, text, text, jsonb) TO nexora_app;
SET LOCAL ROLE nexora_journal;
GRANT EXECUTE ON FUNCTION journal_append(jsonb) TO nexora_ledger;
RESET ROLE;
