-- The tenant's plan: a name that the server's setting PLANS knows; any other counts as its first one.
ALTER TABLE tenant ADD COLUMN plan text NOT NULL DEFAULT 'standard';
