-- One function per move of credits, called once: what costs is a row lock that is held across round trips (facts: the same
-- in an interactive transaction reaches a tenth). Each takes the instant as a parameter, and each move has a key: the same
-- key gives the first answer and moves nothing.
--
-- The order of locks is: balance (several by ascending account), key, holds, lots. The conditional UPDATE of the balance row is the lock of all
-- that belongs to an account; its lots and holds need none of their own.
--
--   LG001  not enough usable credits (detail: {"required", "usable", "nextExpiry"})
--   LG002  the key was used for another move
--   LG003  an amount or argument that can't be
--   LG004  there is no such account, hold or spend
--   LG005  the hold isn't open any more (detail: {"state"})
--   LG006  all that was spent has expired, and the policy gives nothing back

CREATE TYPE credit_move AS (
  transaction_id uuid,
  -- Whether it happened now; false: its key says that it had happened before.
  is_new boolean,
  client_id uuid,
  hold_id uuid,
  amount bigint,
  -- When it counts: within an account this never goes back.
  at timestamptz,
  -- The account just after the move.
  version bigint,
  balance bigint,
  held bigint
);

-- ---- Parts ------------------------------------------------------------------------------------------------------------

CREATE FUNCTION credit_check_amount(p_amount bigint) RETURNS void LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF p_amount IS NULL OR p_amount NOT BETWEEN 1 AND 1000000000 THEN
    RAISE EXCEPTION 'an amount is 1 to 1,000,000,000 credits' USING ERRCODE = 'LG003';
  END IF;
END $$;

-- What makes two moves under one key the same. Instants are no part of it: a repeated request has a later "now".
CREATE FUNCTION credit_request(p_kind text, p_account uuid, p_amount bigint, p_other text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(convert_to(jsonb_build_array(p_kind, p_account, p_amount, p_other)::text, 'UTF8'));

-- The answer that was given under this key; null when there was none.
CREATE FUNCTION credit_replay(p_key text, p_hash bytea) RETURNS credit_move LANGUAGE plpgsql AS $$
DECLARE
  t ledger_txn;
  move credit_move;
BEGIN
  SELECT * INTO t FROM ledger_txn WHERE tenant_id = nexora_tenant() AND idem_key = p_key;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF t.request_hash <> p_hash THEN
    RAISE EXCEPTION 'the key was used for another move' USING ERRCODE = 'LG002';
  END IF;
  SELECT id INTO move.hold_id FROM credit_hold h
  WHERE t.kind = 'HOLD' AND h.tenant_id = t.tenant_id AND h.account_id = t.account_id AND h.held_at = t.at AND h.txn_id = t.id;
  move.transaction_id := t.id;
  move.is_new := false;
  move.client_id := t.account_id;
  move.amount := t.amount;
  move.at := t.at;
  move.version := t.version;
  move.balance := t.balance_after;
  move.held := t.held_after;
  RETURN move;
END $$;

-- Refuses for want of credits. What was drawn before that was found out counts as usable, for it goes back.
CREATE FUNCTION credit_refuse(
  p_client uuid, p_amount bigint, p_at timestamptz, p_drawn uuid[] DEFAULT '{}', p_drawn_amount bigint DEFAULT 0
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  usable bigint;
  next_expiry timestamptz;
BEGIN
  SELECT coalesce(sum(remaining), 0) + p_drawn_amount, min(expires_at) FILTER (WHERE expires_at < 'infinity') INTO usable, next_expiry
  FROM credit_lot
  WHERE tenant_id = nexora_tenant() AND account_id = p_client AND (is_open OR id = ANY (p_drawn))
    AND effective_at <= p_at AND expires_at > p_at;
  RAISE EXCEPTION 'not enough credits' USING ERRCODE = 'LG001',
    DETAIL = jsonb_build_object('required', p_amount, 'usable', usable, 'nextExpiry', next_expiry)::text;
END $$;

CREATE FUNCTION credit_account_open(p_client uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO ledger_account (tenant_id, id, kind, owner_id) VALUES (nexora_tenant(), p_client, 'CREDITS', p_client)
  ON CONFLICT DO NOTHING;
  INSERT INTO credit_balance (tenant_id, account_id) VALUES (nexora_tenant(), p_client) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION credit_contra(p_kind text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  found_id uuid;
BEGIN
  LOOP
    SELECT id INTO found_id FROM ledger_account
    WHERE tenant_id = nexora_tenant() AND kind = p_kind AND owner_id IS NULL AND unit = 'CREDIT';
    IF FOUND THEN
      RETURN found_id;
    END IF;
    INSERT INTO ledger_account (tenant_id, kind) VALUES (nexora_tenant(), p_kind) ON CONFLICT DO NOTHING;
  END LOOP;
END $$;

-- Takes an amount from lots that are usable at the instant, in the order of D5, and returns them. The account must be locked.
CREATE FUNCTION credit_draw(p_client uuid, p_amount bigint, p_at timestamptz, OUT lots uuid[], OUT amounts bigint[])
LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  missing bigint := p_amount;
  part bigint;
  lot record;
BEGIN
  FOR lot IN
    SELECT id, remaining FROM credit_lot
    WHERE tenant_id = tenant AND account_id = p_client AND is_open AND effective_at <= p_at AND expires_at > p_at
    ORDER BY priority, expires_at, is_paid, effective_at, id
  LOOP
    part := least(lot.remaining, missing);
    UPDATE credit_lot SET remaining = remaining - part, is_open = remaining > part WHERE tenant_id = tenant AND id = lot.id;
    lots := lots || lot.id;
    amounts := amounts || part;
    missing := missing - part;
    EXIT WHEN missing = 0;
  END LOOP;
  IF missing > 0 THEN
    PERFORM credit_refuse(p_client, p_amount, p_at, coalesce(lots, '{}'), p_amount - missing);
  END IF;
END $$;

-- The entries of a move between lots of one account and one contra account. Amounts are from the lots' side.
CREATE FUNCTION credit_enter(
  p_move credit_move, p_lots uuid[], p_amounts bigint[], p_contra text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  total bigint := p_amounts[1];
BEGIN
  IF cardinality(p_lots) = 1 THEN -- nearly always
    INSERT INTO ledger_entry (tenant_id, txn_id, n, account_id, lot_id, amount, balance_after, version, at) VALUES
      (tenant, p_move.transaction_id, 1, p_move.client_id, p_lots[1], total, p_move.balance, p_move.version, p_move.at),
      (tenant, p_move.transaction_id, 2, credit_contra(p_contra), NULL, -total, NULL, NULL, p_move.at);
    RETURN;
  END IF;
  SELECT sum(part) INTO total FROM unnest(p_amounts) AS part;
  INSERT INTO ledger_entry (tenant_id, txn_id, n, account_id, lot_id, amount, balance_after, version, at)
  SELECT tenant, p_move.transaction_id, n, p_move.client_id, lot, part,
    p_move.balance - total + sum(part) OVER (ORDER BY n), p_move.version, p_move.at
  FROM unnest(p_lots, p_amounts) WITH ORDINALITY AS parts(lot, part, n)
  UNION ALL
  SELECT tenant, p_move.transaction_id, cardinality(p_lots) + 1, credit_contra(p_contra), NULL, -total, NULL, NULL, p_move.at;
END $$;

-- Credits leave an account: a spend, or a correction.
CREATE FUNCTION credit_take(
  p_kind text, p_contra text, p_client uuid, p_amount bigint, p_key text, p_at timestamptz, p_actor jsonb,
  p_reason text, p_reference text
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
  INSERT INTO ledger_txn (tenant_id, kind, idem_key, request_hash, account_id, amount, actor, reason, reference, at,
    version, balance_after, held_after)
  VALUES (tenant, p_kind, p_key, hash, p_client, p_amount, p_actor, p_reason, p_reference, move.at,
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

-- Credits come into an account, as a lot of their own.
CREATE FUNCTION credit_give(
  p_kind text, p_contra text, p_client uuid, p_amount bigint, p_key text, p_at timestamptz, p_actor jsonb,
  p_reason text, p_reference text, p_effective_at timestamptz, p_expires_at timestamptz, p_priority smallint
) RETURNS credit_move LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  hash constant bytea := credit_request(p_kind, p_client, p_amount, p_reference);
  effective_at constant timestamptz(3) := coalesce(p_effective_at, date_trunc('milliseconds', p_at));
  expires_at constant timestamptz(3) := coalesce(p_expires_at, 'infinity');
  move credit_move;
  lot uuid;
BEGIN
  PERFORM credit_check_amount(p_amount);
  LOOP
    UPDATE credit_balance b
    SET balance = b.balance + p_amount, version = b.version + 1, moved_at = greatest(b.moved_at, date_trunc('milliseconds', p_at))
    WHERE b.tenant_id = tenant AND b.account_id = p_client
    RETURNING b.version, b.balance, b.held, b.moved_at INTO move.version, move.balance, move.held, move.at;
    EXIT WHEN FOUND;
    PERFORM credit_account_open(p_client);
  END LOOP;
  INSERT INTO ledger_txn (tenant_id, kind, idem_key, request_hash, account_id, amount, actor, reason, reference, at,
    version, balance_after, held_after)
  VALUES (tenant, p_kind, p_key, hash, p_client, p_amount, p_actor, p_reason, p_reference, move.at,
    move.version, move.balance, move.held)
  ON CONFLICT (tenant_id, idem_key) DO NOTHING RETURNING id INTO move.transaction_id;
  IF NOT FOUND THEN
    UPDATE credit_balance SET balance = balance - p_amount, version = version - 1
    WHERE tenant_id = tenant AND account_id = p_client;
    RETURN credit_replay(p_key, hash);
  END IF;
  -- Only now: what was granted in time stays granted when the request is repeated later.
  IF expires_at <= effective_at OR expires_at <= p_at THEN
    RAISE EXCEPTION 'credits expire after they become effective, and after now' USING ERRCODE = 'LG003';
  END IF;
  move.is_new := true;
  move.client_id := p_client;
  move.amount := p_amount;
  INSERT INTO credit_lot (tenant_id, account_id, grant_txn_id, source, priority, is_paid, effective_at, expires_at,
    granted, remaining, is_open)
  VALUES (tenant, p_client, move.transaction_id, p_kind, coalesce(p_priority, 0), p_kind = 'PURCHASE', effective_at, expires_at,
    p_amount, p_amount, true)
  RETURNING id INTO lot;
  PERFORM credit_enter(move, ARRAY[lot], ARRAY[p_amount], p_contra);
  RETURN move;
END $$;

-- Locks an account and returns it as it is, with the move that comes next.
CREATE FUNCTION credit_lock(p_client uuid, p_at timestamptz) RETURNS credit_move LANGUAGE plpgsql AS $$
DECLARE
  move credit_move;
BEGIN
  SELECT b.version, b.balance, b.held, greatest(b.moved_at, date_trunc('milliseconds', p_at))
  INTO move.version, move.balance, move.held, move.at
  FROM credit_balance b WHERE b.tenant_id = nexora_tenant() AND b.account_id = p_client FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such account' USING ERRCODE = 'LG004';
  END IF;
  move.client_id := p_client;
  move.is_new := true;
  RETURN move;
END $$;

-- Writes a move of a locked account: its transaction and its balance. `move` has the account as it will be.
CREATE FUNCTION credit_write(
  p_move credit_move, p_kind text, p_key text, p_hash bytea, p_actor jsonb, p_reason text, p_reference text,
  p_reverses uuid DEFAULT NULL, p_counter uuid DEFAULT NULL
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  written uuid;
BEGIN
  INSERT INTO ledger_txn (tenant_id, kind, idem_key, request_hash, account_id, counter_account_id, reverses_id, amount, actor,
    reason, reference, at, version, balance_after, held_after)
  VALUES (tenant, p_kind, p_key, p_hash, p_move.client_id, p_counter, p_reverses, p_move.amount, p_actor,
    p_reason, p_reference, p_move.at, p_move.version, p_move.balance, p_move.held)
  RETURNING id INTO written;
  UPDATE credit_balance
  SET balance = p_move.balance, held = p_move.held, version = p_move.version, moved_at = p_move.at
  WHERE tenant_id = tenant AND account_id = p_move.client_id;
  RETURN written;
END $$;

-- Puts credits back into their lot.
CREATE FUNCTION credit_put_back(p_lot uuid, p_amount bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE credit_lot SET remaining = remaining + p_amount, is_open = true WHERE tenant_id = nexora_tenant() AND id = p_lot
$$;

-- A lot like another one that has expired, until a later instant.
CREATE FUNCTION credit_extend_lot(p_lot uuid, p_client uuid, p_txn uuid, p_amount bigint, p_from timestamptz, p_until timestamptz)
RETURNS uuid LANGUAGE sql AS $$
  INSERT INTO credit_lot (tenant_id, account_id, grant_txn_id, source, priority, is_paid, effective_at, expires_at,
    granted, remaining, is_open)
  SELECT tenant_id, p_client, p_txn, source, priority, is_paid, p_from, p_until, p_amount, p_amount, true
  FROM credit_lot WHERE tenant_id = nexora_tenant() AND id = p_lot
  RETURNING id
$$;

CREATE FUNCTION credit_check_policy(p_policy text, p_extend_until timestamptz, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p_policy IS NULL OR p_policy NOT IN ('RESTORE', 'EXTEND', 'FORFEIT')
    OR (p_policy = 'EXTEND' AND (p_extend_until IS NULL OR date_trunc('milliseconds', p_extend_until) <= p_at)) THEN
    RAISE EXCEPTION 'the policy is RESTORE, FORFEIT, or EXTEND until a later instant' USING ERRCODE = 'LG003';
  END IF;
END $$;

-- Books what is left in some lots of a locked account as expired. Their closing in the same transaction is what makes it happen once.
CREATE FUNCTION credit_book_expiry(
  p_move credit_move, p_lots uuid[], p_amounts bigint[], p_key text, p_hash bytea, p_actor jsonb,
  p_reason text, p_reference text
) RETURNS credit_move LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  move credit_move := p_move;
BEGIN
  SELECT sum(part) INTO move.amount FROM unnest(p_amounts) AS part;
  UPDATE credit_lot l SET remaining = l.remaining - parts.part, is_open = l.remaining > parts.part
  FROM unnest(p_lots, p_amounts) AS parts(lot, part)
  WHERE l.tenant_id = tenant AND l.id = parts.lot;
  move.balance := move.balance - move.amount;
  move.version := move.version + 1;
  move.transaction_id := credit_write(move, 'EXPIRATION', p_key, p_hash, p_actor, p_reason, p_reference);
  PERFORM credit_enter(move, p_lots, ARRAY(SELECT -part FROM unnest(p_amounts) AS part), 'EXPIRED');
  RETURN move;
END $$;

-- ---- Moves ------------------------------------------------------------------------------------------------------------

-- A lot of MONTHLY_ALLOCATION, PURCHASE or PROMO. Null: effective now, expires never, priority 0 (smaller is used first).
CREATE FUNCTION credit_grant(
  p_client uuid, p_amount bigint, p_kind text, p_key text, p_at timestamptz, p_actor jsonb, p_effective_at timestamptz DEFAULT NULL,
  p_expires_at timestamptz DEFAULT NULL, p_priority smallint DEFAULT NULL, p_reason text DEFAULT NULL, p_reference text DEFAULT NULL
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  contra constant text := CASE p_kind
    WHEN 'MONTHLY_ALLOCATION' THEN 'PLAN_GRANTS' WHEN 'PURCHASE' THEN 'PAYMENT_CLEARING' WHEN 'PROMO' THEN 'PROMO' END;
BEGIN
  IF contra IS NULL THEN
    RAISE EXCEPTION 'there is no such kind of grant' USING ERRCODE = 'LG003';
  END IF;
  RETURN credit_give(p_kind, contra, p_client, p_amount, p_key, p_at, p_actor, p_reason, p_reference, p_effective_at, p_expires_at, p_priority);
END $$;

CREATE FUNCTION credit_spend(
  p_client uuid, p_amount bigint, p_key text, p_at timestamptz, p_actor jsonb, p_reason text DEFAULT NULL, p_reference text DEFAULT NULL
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN credit_take('USAGE', 'CONSUMED', p_client, p_amount, p_key, p_at, p_actor, p_reason, p_reference);
END $$;

-- A correction by hand, up or down; never below what is usable.
CREATE FUNCTION credit_adjust(
  p_client uuid, p_amount bigint, p_key text, p_at timestamptz, p_actor jsonb, p_reason text, p_expires_at timestamptz DEFAULT NULL,
  p_reference text DEFAULT NULL
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF coalesce(p_reason, '') = '' THEN
    RAISE EXCEPTION 'a correction has a reason' USING ERRCODE = 'LG003';
  END IF;
  IF p_amount < 0 AND p_amount >= -1000000000 THEN
    RETURN credit_take('ADJUSTMENT', 'ADJUSTMENT', p_client, -p_amount, p_key, p_at, p_actor, p_reason, p_reference);
  END IF;
  RETURN credit_give('ADJUSTMENT', 'ADJUSTMENT', p_client, p_amount, p_key, p_at, p_actor, p_reason, p_reference, NULL, p_expires_at, NULL);
END $$;

-- Reserves credits until they are posted or voided, or until an instant at which they go back by themselves.
CREATE FUNCTION credit_hold(
  p_client uuid, p_amount bigint, p_key text, p_at timestamptz, p_actor jsonb, p_ends_at timestamptz, p_subject text DEFAULT NULL
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  hash constant bytea := credit_request('HOLD', p_client, p_amount, p_subject);
  move credit_move;
  drawn record;
BEGIN
  PERFORM credit_check_amount(p_amount);
  UPDATE credit_balance b
  SET held = b.held + p_amount, version = b.version + 1, moved_at = greatest(b.moved_at, date_trunc('milliseconds', p_at))
  WHERE b.tenant_id = tenant AND b.account_id = p_client AND b.balance - b.held >= p_amount
  RETURNING b.version, b.balance, b.held, b.moved_at INTO move.version, move.balance, move.held, move.at;
  IF NOT FOUND THEN
    move := credit_replay(p_key, hash);
    IF move.transaction_id IS NULL THEN
      PERFORM credit_refuse(p_client, p_amount, p_at);
    END IF;
    RETURN move;
  END IF;
  INSERT INTO ledger_txn (tenant_id, kind, idem_key, request_hash, account_id, amount, actor, reference, at,
    version, balance_after, held_after)
  VALUES (tenant, 'HOLD', p_key, hash, p_client, p_amount, p_actor, p_subject, move.at, move.version, move.balance, move.held)
  ON CONFLICT (tenant_id, idem_key) DO NOTHING RETURNING id INTO move.transaction_id;
  IF NOT FOUND THEN
    UPDATE credit_balance SET held = held - p_amount, version = version - 1
    WHERE tenant_id = tenant AND account_id = p_client;
    RETURN credit_replay(p_key, hash);
  END IF;
  IF p_ends_at IS NULL OR p_ends_at <= p_at THEN
    RAISE EXCEPTION 'a hold ends after now' USING ERRCODE = 'LG003';
  END IF;
  move.is_new := true;
  move.client_id := p_client;
  move.amount := p_amount;
  drawn := credit_draw(p_client, p_amount, p_at);
  INSERT INTO credit_hold (tenant_id, account_id, subject, amount, ends_at, held_at, txn_id)
  VALUES (tenant, p_client, p_subject, p_amount, p_ends_at, move.at, move.transaction_id)
  RETURNING id INTO move.hold_id;
  INSERT INTO credit_hold_lot (tenant_id, hold_id, lot_id, amount)
  SELECT tenant, move.hold_id, lot, part FROM unnest(drawn.lots, drawn.amounts) AS parts(lot, part);
  RETURN move;
END $$;

-- Locks a hold's account and returns it with the hold's amount, or the answer that was given before.
CREATE FUNCTION credit_settle(p_hold uuid, p_key text, p_hash bytea, p_at timestamptz) RETURNS credit_move LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  hold credit_hold;
  move credit_move;
BEGIN
  SELECT * INTO hold FROM credit_hold WHERE tenant_id = tenant AND id = p_hold;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such hold' USING ERRCODE = 'LG004';
  END IF;
  move := credit_lock(hold.account_id, p_at);
  move.amount := hold.amount;
  SELECT * INTO hold FROM credit_hold WHERE tenant_id = tenant AND id = p_hold; -- again, now that nobody can change it
  IF hold.state <> 'HELD' THEN
    move := credit_replay(p_key, p_hash);
    IF move.transaction_id IS NULL THEN
      RAISE EXCEPTION 'the hold isn''t open any more' USING ERRCODE = 'LG005', DETAIL = jsonb_build_object('state', hold.state)::text;
    END IF;
  END IF;
  move.hold_id := p_hold;
  RETURN move;
END $$;

-- Spends what was held, also when its lots have expired meanwhile.
CREATE FUNCTION credit_post(
  p_hold uuid, p_at timestamptz, p_actor jsonb, p_reason text DEFAULT NULL
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  key constant text := 'post:' || p_hold;
  hash constant bytea := credit_request('USAGE', p_hold, 0, NULL);
  move credit_move;
  hold credit_hold;
  lots uuid[];
  amounts bigint[];
BEGIN
  move := credit_settle(p_hold, key, hash, p_at);
  IF NOT move.is_new THEN
    RETURN move;
  END IF;
  SELECT * INTO hold FROM credit_hold WHERE tenant_id = tenant AND id = p_hold;
  IF hold.ends_at <= p_at THEN
    RAISE EXCEPTION 'the hold has ended' USING ERRCODE = 'LG005', DETAIL = jsonb_build_object('state', 'EXPIRED')::text;
  END IF;
  move.balance := move.balance - hold.amount;
  move.held := move.held - hold.amount;
  move.version := move.version + 1;
  move.transaction_id := credit_write(move, 'USAGE', key, hash, p_actor, p_reason, hold.subject);
  UPDATE credit_hold SET state = 'POSTED', settled_txn_id = move.transaction_id WHERE tenant_id = tenant AND id = p_hold;
  SELECT array_agg(lot_id ORDER BY lot_id), array_agg(-amount ORDER BY lot_id) INTO lots, amounts
  FROM credit_hold_lot WHERE tenant_id = tenant AND hold_id = p_hold;
  PERFORM credit_enter(move, lots, amounts, 'CONSUMED');
  RETURN move;
END $$;

-- Lets go of what was held: back into the same lots, until the same instant. A part whose lot has expired meanwhile comes back
-- unusable (RESTORE, FORFEIT: the expiry job books it), or as a new lot (EXTEND).
CREATE FUNCTION credit_release(
  p_hold uuid, p_state text, p_kind text, p_key text, p_at timestamptz, p_actor jsonb, p_reason text, p_policy text, p_extend_until timestamptz
) RETURNS credit_move LANGUAGE plpgsql AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  hash constant bytea := credit_request(p_kind, p_hold, 0, NULL);
  move credit_move;
  hold credit_hold;
  part record;
  fresh uuid;
  n integer := 0;
BEGIN
  PERFORM credit_check_policy(p_policy, p_extend_until, p_at);
  move := credit_settle(p_hold, p_key, hash, p_at);
  IF NOT move.is_new THEN
    RETURN move;
  END IF;
  SELECT * INTO hold FROM credit_hold WHERE tenant_id = tenant AND id = p_hold;
  move.held := move.held - hold.amount;
  move.version := move.version + 1;
  move.transaction_id := credit_write(move, p_kind, p_key, hash, p_actor, p_reason, hold.subject);
  UPDATE credit_hold SET state = p_state, settled_txn_id = move.transaction_id WHERE tenant_id = tenant AND id = p_hold;
  FOR part IN
    SELECT h.lot_id, h.amount, l.expires_at <= p_at AND p_policy = 'EXTEND' AS is_extended
    FROM credit_hold_lot h JOIN credit_lot l ON l.tenant_id = h.tenant_id AND l.id = h.lot_id
    WHERE h.tenant_id = tenant AND h.hold_id = p_hold ORDER BY h.lot_id
  LOOP
    IF part.is_extended THEN
      fresh := credit_extend_lot(part.lot_id, hold.account_id, move.transaction_id, part.amount, move.at, p_extend_until);
      INSERT INTO ledger_entry (tenant_id, txn_id, n, account_id, lot_id, amount, balance_after, version, at) VALUES
        (tenant, move.transaction_id, n + 1, hold.account_id, part.lot_id, -part.amount, move.balance - part.amount, move.version, move.at),
        (tenant, move.transaction_id, n + 2, hold.account_id, fresh, part.amount, move.balance, move.version, move.at);
      n := n + 2;
    ELSE
      PERFORM credit_put_back(part.lot_id, part.amount);
    END IF;
  END LOOP;
  RETURN move;
END $$;

CREATE FUNCTION credit_void(
  p_hold uuid, p_at timestamptz, p_actor jsonb, p_reason text DEFAULT NULL, p_policy text DEFAULT 'RESTORE',
  p_extend_until timestamptz DEFAULT NULL
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN credit_release(p_hold, 'VOIDED', 'VOID', 'void:' || p_hold, p_at, p_actor, p_reason, p_policy, p_extend_until);
END $$;

-- Gives a spend back, once whatever the key: entries the other way on the same lots, which keep their instants. What has expired
-- meanwhile comes back to expire again (RESTORE), as a new lot (EXTEND), or not at all (FORFEIT).
CREATE FUNCTION credit_refund(
  p_spend uuid, p_at timestamptz, p_actor jsonb, p_reason text DEFAULT NULL, p_policy text DEFAULT 'RESTORE',
  p_extend_until timestamptz DEFAULT NULL
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  key constant text := 'refund:' || p_spend;
  hash constant bytea := credit_request('REFUND', p_spend, 0, NULL);
  spend ledger_txn;
  before credit_move;
  move credit_move;
  part record;
  lots uuid[] := '{}';
  amounts bigint[] := '{}';
BEGIN
  PERFORM credit_check_policy(p_policy, p_extend_until, p_at);
  SELECT * INTO spend FROM ledger_txn WHERE tenant_id = tenant AND id = p_spend AND kind = 'USAGE';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such spend' USING ERRCODE = 'LG004';
  END IF;
  move := credit_lock(spend.account_id, p_at);
  before := credit_replay(key, hash);
  IF before.transaction_id IS NOT NULL THEN
    RETURN before;
  END IF;
  SELECT coalesce(sum(-e.amount), 0) INTO move.amount
  FROM ledger_entry e JOIN credit_lot l ON l.tenant_id = e.tenant_id AND l.id = e.lot_id
  WHERE e.tenant_id = tenant AND e.txn_id = p_spend AND (p_policy <> 'FORFEIT' OR l.expires_at > p_at);
  IF move.amount = 0 THEN
    RAISE EXCEPTION 'all of it has expired' USING ERRCODE = 'LG006';
  END IF;
  move.balance := move.balance + move.amount;
  move.version := move.version + 1;
  move.transaction_id := credit_write(move, 'REFUND', key, hash, p_actor, p_reason, spend.reference, p_spend);
  FOR part IN
    SELECT e.lot_id, -e.amount AS amount, l.expires_at <= p_at AS is_expired
    FROM ledger_entry e JOIN credit_lot l ON l.tenant_id = e.tenant_id AND l.id = e.lot_id
    WHERE e.tenant_id = tenant AND e.txn_id = p_spend ORDER BY e.n
  LOOP
    IF part.is_expired AND p_policy = 'FORFEIT' THEN
      CONTINUE;
    END IF;
    IF part.is_expired AND p_policy = 'EXTEND' THEN
      lots := lots || credit_extend_lot(part.lot_id, spend.account_id, move.transaction_id, part.amount, move.at, p_extend_until);
    ELSE
      PERFORM credit_put_back(part.lot_id, part.amount);
      lots := lots || part.lot_id;
    END IF;
    amounts := amounts || part.amount;
  END LOOP;
  PERFORM credit_enter(move, lots, amounts, 'CONSUMED');
  RETURN move;
END $$;

-- Moves usable credits to another client; they keep their kind and their instants. Tells of the account they left,
-- then of the one they came to (a repeated request: of the first only).
CREATE FUNCTION credit_transfer(
  p_from uuid, p_to uuid, p_amount bigint, p_key text, p_at timestamptz, p_actor jsonb, p_reason text DEFAULT NULL
) RETURNS SETOF credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  hash constant bytea := credit_request('TRANSFER', p_from, p_amount, p_to::text);
  move credit_move;
  arrival credit_move;
  before credit_move;
  drawn record;
  fresh uuid;
BEGIN
  PERFORM credit_check_amount(p_amount);
  IF p_from = p_to THEN
    RAISE EXCEPTION 'a transfer has two accounts' USING ERRCODE = 'LG003';
  END IF;
  PERFORM credit_account_open(p_to);
  PERFORM FROM credit_balance WHERE tenant_id = tenant AND account_id IN (p_from, p_to) ORDER BY account_id FOR NO KEY UPDATE;
  move := credit_lock(p_from, p_at);
  arrival := credit_lock(p_to, p_at);
  before := credit_replay(p_key, hash);
  IF before.transaction_id IS NOT NULL THEN
    RETURN NEXT before;
    RETURN;
  END IF;
  move.at := greatest(move.at, arrival.at);
  drawn := credit_draw(p_from, p_amount, p_at);
  move.amount := p_amount;
  move.balance := move.balance - p_amount;
  move.version := move.version + 1;
  move.transaction_id := credit_write(move, 'TRANSFER', p_key, hash, p_actor, p_reason, NULL, NULL, p_to);
  FOR i IN 1 .. cardinality(drawn.lots) LOOP
    INSERT INTO credit_lot (tenant_id, account_id, grant_txn_id, source, priority, is_paid, effective_at, expires_at,
      granted, remaining, is_open)
    SELECT tenant, p_to, move.transaction_id, source, priority, is_paid, effective_at, expires_at, drawn.amounts[i], drawn.amounts[i], true
    FROM credit_lot WHERE tenant_id = tenant AND id = drawn.lots[i]
    RETURNING id INTO fresh;
    INSERT INTO ledger_entry (tenant_id, txn_id, n, account_id, lot_id, amount, balance_after, version, at) VALUES
      (tenant, move.transaction_id, 2 * i - 1, p_from, drawn.lots[i], -drawn.amounts[i],
        move.balance + p_amount - (SELECT sum(a) FROM unnest(drawn.amounts[:i]) AS a), move.version, move.at),
      (tenant, move.transaction_id, 2 * i, p_to, fresh, drawn.amounts[i],
        arrival.balance + (SELECT sum(a) FROM unnest(drawn.amounts[:i]) AS a), arrival.version + 1, move.at);
  END LOOP;
  UPDATE credit_balance b SET balance = b.balance + p_amount, version = b.version + 1, moved_at = move.at
  WHERE b.tenant_id = tenant AND b.account_id = p_to;
  arrival.transaction_id := move.transaction_id;
  arrival.amount := p_amount;
  arrival.at := move.at;
  arrival.balance := arrival.balance + p_amount;
  arrival.version := arrival.version + 1;
  RETURN NEXT move;
  RETURN NEXT arrival;
END $$;

-- What becomes of a plan's unused credits when its period turns. Of the allocations that became effective before the turn
-- NONE, at most a cap, or all (FULL) stay; what expires first goes first. Null when nothing goes.
CREATE FUNCTION credit_rollover(
  p_client uuid, p_policy text, p_cap bigint, p_turn timestamptz, p_key text, p_at timestamptz, p_actor jsonb
) RETURNS credit_move LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  hash constant bytea := credit_request('ROLLOVER', p_client, 0, NULL);
  keep constant bigint := CASE p_policy WHEN 'NONE' THEN 0 WHEN 'CAP' THEN p_cap WHEN 'FULL' THEN 1000000000000 END;
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

-- Books what has expired, at most so many lots. An account that somebody works on is left to the next run: the lots are
-- unusable anyway since their instant.
CREATE FUNCTION credit_expire(p_at timestamptz, p_most integer, p_actor jsonb) RETURNS SETOF credit_move
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  account uuid;
  move credit_move;
  lots uuid[];
  amounts bigint[];
BEGIN
  FOR account IN
    SELECT DISTINCT due.account_id FROM (
      SELECT account_id FROM credit_lot WHERE tenant_id = tenant AND is_open AND expires_at <= p_at ORDER BY expires_at LIMIT p_most
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
CREATE FUNCTION credit_expire_holds(p_at timestamptz, p_most integer, p_actor jsonb) RETURNS SETOF credit_move
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tenant constant uuid := nexora_tenant();
  due record;
BEGIN
  FOR due IN
    SELECT id, account_id FROM (
      SELECT id, account_id FROM credit_hold WHERE tenant_id = tenant AND state = 'HELD' AND ends_at <= p_at ORDER BY ends_at LIMIT p_most
    ) AS ended ORDER BY account_id, id
  LOOP
    PERFORM FROM credit_balance WHERE tenant_id = tenant AND account_id = due.account_id FOR NO KEY UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    CONTINUE WHEN NOT EXISTS (SELECT FROM credit_hold WHERE tenant_id = tenant AND id = due.id AND state = 'HELD');
    RETURN NEXT credit_release(due.id, 'EXPIRED', 'HOLD_EXPIRATION', 'end:' || due.id, p_at, p_actor, NULL, 'RESTORE', NULL);
  END LOOP;
END $$;

-- The tenants that have something to book or to announce up to an instant. Row-level security shows the server one tenant at a
-- time, so it asks this function, which tells ids and nothing else.
CREATE FUNCTION credit_tenants_due(p_lots_until timestamptz, p_holds_until timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT tenant_id FROM credit_lot WHERE is_open AND expires_at <= p_lots_until
  UNION
  SELECT tenant_id FROM credit_hold WHERE state = 'HELD' AND ends_at <= p_holds_until
$$;

-- ---- The second line ----------------------------------------------------------------------------------------------------

-- The functions write balanced entries; should one of them ever not, nothing of it is committed. All accounts have one unit.
CREATE FUNCTION ledger_entries_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM ledger_entry WHERE tenant_id = NEW.tenant_id AND txn_id = NEW.txn_id) <> 0 THEN
    RAISE EXCEPTION 'the entries of transaction % don''t sum to zero', NEW.txn_id USING ERRCODE = 'LG000';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entries_balance();

-- ---- Rights -------------------------------------------------------------------------------------------------------------

GRANT SELECT (tenant_id, is_open, expires_at) ON credit_lot TO nexora_journal;
GRANT SELECT (tenant_id, state, ends_at) ON credit_hold TO nexora_journal;
CREATE POLICY lots_of_all_tenants ON credit_lot FOR SELECT TO nexora_journal USING (true);
CREATE POLICY holds_of_all_tenants ON credit_hold FOR SELECT TO nexora_journal USING (true);

GRANT CREATE ON SCHEMA public TO nexora_ledger, nexora_journal;
DO $$
DECLARE
  function regprocedure;
  callable constant text[] := ARRAY['credit_account_open', 'credit_grant', 'credit_spend', 'credit_adjust', 'credit_hold', 'credit_post',
    'credit_void', 'credit_refund', 'credit_transfer', 'credit_rollover', 'credit_expire', 'credit_expire_holds', 'credit_tenants_due'];
  name text;
BEGIN
  FOR function, name IN
    SELECT oid::regprocedure, proname FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND (proname LIKE 'credit\_%' OR proname = 'ledger_entries_balance')
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function);
    IF name = ANY (callable) THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO nexora_app', function);
    END IF;
    EXECUTE format('ALTER FUNCTION %s OWNER TO %I', function,
      CASE name WHEN 'credit_tenants_due' THEN 'nexora_journal' ELSE 'nexora_ledger' END);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM nexora_ledger, nexora_journal;
