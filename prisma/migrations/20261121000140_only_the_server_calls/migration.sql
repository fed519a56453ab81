-- The functions that act as another role are for the server's role alone. The migrations that made them said so after they
-- had given them away: a superuser may, any other owner of the database was only warned. So it is said once more, as the
-- functions' own owner.

SET LOCAL ROLE nexora_journal;
DO $$
DECLARE
  function regprocedure;
BEGIN
  FOR function IN
    SELECT oid::regprocedure FROM pg_proc
    WHERE prosecdef AND pronamespace = 'public'::regnamespace AND proowner = 'nexora_journal'::regrole
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO nexora_app', function);
  END LOOP;
END $$;
RESET ROLE;
