-- Under row-level security the server's role can't use it (array operators aren't leakproof, docs/decisions/0005), and each
-- capture paid for it.
DROP INDEX lead_tags;
