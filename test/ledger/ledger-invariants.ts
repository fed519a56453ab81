/**
 * SQL of what must hold in a tenant's ledger whatever has happened to it: a row for each violation, none when all is well.
 *   I1 a transaction's entries sum to zero          I2 an account's entries sum to its balance
 *   I3 its lots' rest is balance less held          I4 0 ≤ held ≤ balance, and held is what its open holds have
 *   I5 0 ≤ rest ≤ granted                           I6 what came into a lot less what left it is its rest and open holds
 *   I7 version counts the account's transactions    I8 no key and no spend is used or reversed twice
 * Besides, balance_after tells the balance as the entries do.
 */
export const violationsSql = `
  WITH entry AS (
    SELECT e.*, sum(e.amount) OVER (PARTITION BY e.account_id ORDER BY e.version, e.n) AS running
    FROM ledger_entry e WHERE e.tenant_id = nexora_tenant()
  ), open_hold AS (
    SELECT h.account_id, l.lot_id, l.amount
    FROM credit_hold h JOIN credit_hold_lot l ON l.tenant_id = h.tenant_id AND l.hold_id = h.id
    WHERE h.tenant_id = nexora_tenant() AND h.state = 'HELD'
  ), account AS (
    SELECT b.*,
      coalesce((SELECT sum(amount) FROM entry WHERE account_id = b.account_id), 0) AS entered,
      coalesce((SELECT sum(remaining) FROM credit_lot l WHERE l.tenant_id = b.tenant_id AND l.account_id = b.account_id), 0) AS rest,
      coalesce((SELECT sum(amount) FROM open_hold WHERE account_id = b.account_id), 0) AS open_holds,
      (SELECT count(*) FROM ledger_txn t WHERE t.tenant_id = b.tenant_id AND b.account_id IN (t.account_id, t.counter_account_id)) AS transactions
    FROM credit_balance b WHERE b.tenant_id = nexora_tenant()
  ), lot AS (
    SELECT l.*,
      (SELECT sum(amount) FROM entry WHERE lot_id = l.id) AS entered,
      coalesce((SELECT sum(amount) FROM open_hold WHERE lot_id = l.id), 0) AS open_holds
    FROM credit_lot l WHERE l.tenant_id = nexora_tenant()
  )
  SELECT 'I1' AS invariant, txn_id AS id FROM entry GROUP BY txn_id HAVING sum(amount) <> 0
  UNION ALL SELECT 'I2', account_id FROM account WHERE entered <> balance
  UNION ALL SELECT 'I2', id FROM entry WHERE lot_id IS NOT NULL AND running <> balance_after
  UNION ALL SELECT 'I3', account_id FROM account WHERE rest <> balance - held
  UNION ALL SELECT 'I4', account_id FROM account WHERE held < 0 OR held > balance OR held <> open_holds
  UNION ALL SELECT 'I5', id FROM lot WHERE remaining < 0 OR remaining > granted
  UNION ALL SELECT 'I6', id FROM lot WHERE entered <> remaining + open_holds
  UNION ALL SELECT 'I7', account_id FROM account WHERE version <> transactions
  UNION ALL SELECT 'I8', NULL FROM ledger_txn WHERE tenant_id = nexora_tenant() GROUP BY idem_key HAVING count(*) > 1
  UNION ALL SELECT 'I8', NULL FROM ledger_txn WHERE tenant_id = nexora_tenant() AND reverses_id IS NOT NULL
    GROUP BY reverses_id HAVING count(*) > 1`;
