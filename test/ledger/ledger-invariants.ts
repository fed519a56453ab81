/**
 * SQL of what must hold in a tenant's ledger whatever has happened to it: a row for each violation, none when all is well.
 *   I1 a transaction's entries sum to zero          I2 an account's entries sum to its balance
 *   I3 its lots' rest is balance less held          I4 0 ≤ held ≤ balance, and held is what its open holds have
 *   I5 0 ≤ rest ≤ granted                           I6 what came into a lot less what left it is its rest and open holds
 *   I7 version counts the account's transactions    I8 no key and no spend is used or reversed twice
 * Besides, balance_after tells the balance as the entries do.
 */
const violationSelects = `
  SELECT 'I1' AS invariant, txn_id AS id FROM entry GROUP BY txn_id HAVING sum(amount) <> 0
  UNION ALL SELECT 'I2', account_id FROM account WHERE entered <> balance
  UNION ALL SELECT 'I2', id FROM entry WHERE lot_id IS NOT NULL AND running <> balance_after
  UNION ALL SELECT 'I3', account_id FROM account WHERE rest <> balance - held
  UNION ALL SELECT 'I4', account_id FROM account WHERE held < 0 OR held > balance OR held <> open_holds
  UNION ALL SELECT 'I5', id FROM lot WHERE remaining < 0 OR remaining > granted
  UNION ALL SELECT 'I6', id FROM lot WHERE entered <> remaining + open_holds
  UNION ALL SELECT 'I7', account_id FROM account WHERE version <> transactions
  UNION ALL SELECT 'I8', NULL FROM txn GROUP BY idem_key HAVING count(*) > 1
  UNION ALL SELECT 'I8', NULL FROM txn WHERE reverses_id IS NOT NULL GROUP BY reverses_id HAVING count(*) > 1`;

/** Each table is read once, whatever looks at its rows. */
const rows = `
  WITH entry AS MATERIALIZED (
    SELECT e.id, e.txn_id, e.account_id, e.lot_id, e.amount, e.balance_after,
      sum(e.amount) OVER (PARTITION BY e.account_id ORDER BY e.version, e.n) AS running
    FROM ledger_entry e WHERE e.tenant_id = nexora_tenant()
  ), txn AS MATERIALIZED (
    SELECT account_id, counter_account_id, idem_key, reverses_id FROM ledger_txn WHERE tenant_id = nexora_tenant()
  ), hold AS MATERIALIZED (
    SELECT id, account_id, state FROM credit_hold WHERE tenant_id = nexora_tenant()
  ), open_hold AS MATERIALIZED (
    SELECT h.account_id, l.lot_id, l.amount
    FROM hold h JOIN credit_hold_lot l ON l.tenant_id = nexora_tenant() AND l.hold_id = h.id
    WHERE h.state = 'HELD'
  ), lot AS MATERIALIZED (
    SELECT l.id, l.account_id, l.granted, l.remaining, l.is_open, l.effective_at, l.expires_at,
      (SELECT sum(amount) FROM entry WHERE lot_id = l.id) AS entered,
      coalesce((SELECT sum(amount) FROM open_hold WHERE lot_id = l.id), 0) AS open_holds
    FROM credit_lot l WHERE l.tenant_id = nexora_tenant()
  ), account AS MATERIALIZED (
    SELECT b.account_id, b.balance, b.held, b.version,
      coalesce((SELECT sum(amount) FROM entry WHERE account_id = b.account_id), 0) AS entered,
      coalesce((SELECT sum(remaining) FROM lot WHERE account_id = b.account_id), 0) AS rest,
      coalesce((SELECT sum(amount) FROM open_hold WHERE account_id = b.account_id), 0) AS open_holds,
      (SELECT count(*) FROM txn WHERE b.account_id IN (account_id, counter_account_id)) AS transactions
    FROM credit_balance b WHERE b.tenant_id = nexora_tenant()
  )`;

export const violationsSql = `${rows} ${violationSelects}`;

/** The same as a JSON object of an SQL variable `at`: the accounts at that instant as AccountState has them, and the violations. */
export const stateSql = `${rows}
  SELECT jsonb_build_object(
    'accounts', coalesce((SELECT jsonb_agg(jsonb_build_object('id', b.account_id, 'balance', b.balance, 'held', b.held, 'version', b.version,
      'usable', (SELECT coalesce(sum(remaining), 0) FROM lot WHERE account_id = b.account_id AND is_open AND effective_at <= at AND expires_at > at),
      'lots', (SELECT coalesce(jsonb_agg(remaining ORDER BY id), '[]') FROM lot WHERE account_id = b.account_id)
      ) ORDER BY b.account_id) FROM account b), '[]'),
    'violations', (SELECT coalesce(jsonb_agg(v.invariant || ' ' || coalesce(v.id::text, '')), '[]') FROM (${violationSelects}) AS v))`;
