-- The queues that every installation has, so that a job can be made before any server has started its workers. The server
-- brings their options up to date when it starts (server/jobs/job-queues.ts).
SELECT pgboss.create_queue('dead-letters', '{"policy": "standard"}');
SELECT pgboss.create_queue('mail', '{"policy": "standard", "deadLetter": "dead-letters"}');
SELECT pgboss.create_queue('sweep', '{"policy": "stately", "deadLetter": "dead-letters"}');
