-- PostgreSQL looks for a table among the session's temporary ones first, unless the search path names pg_temp elsewhere. So
-- whoever may create temporary tables could put one of his own in the place of a table that a function with another role's
-- rights writes to: credits would be spent and no entry made. Now every such function looks there last, and so does whatever
-- it runs: triggers, and what sets a search path itself. Later migrations have to say so in each function they create; the
-- test of the catalogue sees to it.
DO $$
DECLARE
  migrating constant name := current_user;
  function regprocedure;
  owner name;
BEGIN
  FOR function, owner IN
    SELECT p.oid::regprocedure, pg_get_userbyid(p.proowner) FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
      AND (p.prosecdef OR p.prorettype = 'trigger'::regtype
        OR EXISTS (SELECT FROM unnest(p.proconfig) setting WHERE setting LIKE 'search\_path=%'))
      AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e') -- an extension's
  LOOP
    EXECUTE format('SET LOCAL ROLE %I', owner); -- an owner of the database who is no superuser may change no other role's
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', function);
    EXECUTE format('SET LOCAL ROLE %I', migrating);
  END LOOP;
END $$;
