"""The fleet's tables in PostgreSQL beside Procrastinate's, and every question asked of them."""

from typing import Final

CRAWL: Final = "newscrawl.crawl"
REPARSE: Final = "newscrawl.reparse"
DUE: Final = "newscrawl.due"
TASKS: Final = {"crawl": CRAWL, "reparse": REPARSE}
"""The name that Procrastinate knows a task by, by the name that a person types"""
RUNS_KEEP_DAYS: Final = 30

TABLES: Final = (
    """
CREATE TABLE IF NOT EXISTS newscrawl_places (
    newspaper text PRIMARY KEY,
    hosts text[] NOT NULL,
    lane text NOT NULL,
    node text NOT NULL,
    every_h integer NOT NULL,                -- 0 = the schedule puts no job
    minute integer NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT now(),
    put_for timestamptz NOT NULL DEFAULT now(),   -- the latest moment for which a job was put
    is_archived boolean NOT NULL DEFAULT false    -- a run has made its folder
)""",
    """
CREATE TABLE IF NOT EXISTS newscrawl_nodes (
    node text PRIMARY KEY,
    host text NOT NULL,
    archive text NOT NULL,
    slots integer NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    stopped_at timestamptz
)""",
    """
CREATE TABLE IF NOT EXISTS newscrawl_runs (
    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    newspaper text NOT NULL,
    task text NOT NULL,
    node text NOT NULL,
    put_at timestamptz,
    started_at timestamptz,
    ended_at timestamptz NOT NULL DEFAULT now(),
    code integer NOT NULL,
    said text NOT NULL
)""",
    """
CREATE INDEX IF NOT EXISTS newscrawl_runs_last ON newscrawl_runs (newspaper, task, id DESC)""",
    """
CREATE INDEX IF NOT EXISTS newscrawl_runs_ended ON newscrawl_runs (ended_at)""",
)

# Places ------------------------------------------------------------------------------------------
PLACES: Final = """
SELECT newspaper, hosts, lane, node, every_h, minute, placed_at, put_for, is_archived
FROM newscrawl_places ORDER BY newspaper"""
PLACE: Final = """
INSERT INTO newscrawl_places (newspaper, hosts, lane, node, every_h, minute)
VALUES (%(newspaper)s, %(hosts)s, %(lane)s, %(node)s, %(every_h)s, %(minute)s)
ON CONFLICT (newspaper) DO UPDATE SET hosts = excluded.hosts, lane = excluded.lane,
    node = excluded.node, every_h = excluded.every_h, minute = excluded.minute"""
ANEW: Final = """
UPDATE newscrawl_places SET is_archived = false WHERE newspaper = ANY(%(names)s)"""
MOVE_JOBS: Final = """
UPDATE procrastinate_jobs j
SET queue_name = p.node || CASE WHEN j.task_name = 'newscrawl.reparse' THEN ':reparse' ELSE '' END,
    lock = p.lane
FROM newscrawl_places p
WHERE j.status = 'todo' AND j.args->>'newspaper' = p.newspaper"""
AT_WORK: Final = """
SELECT j.args->>'newspaper' AS newspaper
FROM procrastinate_jobs j JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND j.args->>'newspaper' = ANY(%(names)s)
    AND w.last_heartbeat > now() - make_interval(secs => %(lost_s)s)"""
ARCHIVED: Final = """
UPDATE newscrawl_places SET is_archived = true
WHERE newspaper = %(newspaper)s AND NOT is_archived"""
DUE_FOR: Final = """
UPDATE newscrawl_places SET put_for = %(moment)s
WHERE newspaper = %(newspaper)s AND put_for < %(moment)s RETURNING newspaper"""

# Jobs --------------------------------------------------------------------------------------------
NOT_PUT: Final = """
SELECT p.newspaper, p.lane, p.node FROM newscrawl_places p
WHERE p.newspaper = ANY(%(names)s) AND NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs j
    WHERE j.status IN ('todo', 'doing') AND j.queueing_lock = %(task)s || ':' || p.newspaper)
ORDER BY p.newspaper"""
DOING_ON: Final = """
SELECT id, task_name, args->>'newspaper' AS newspaper FROM procrastinate_jobs
WHERE status = 'doing' AND queue_name = ANY(%(queues)s)"""
LEFT_ON: Final = """
SELECT count(*) AS jobs FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND queue_name = ANY(%(queues)s)
    AND task_name <> 'newscrawl.due'"""
JOBS: Final = """
SELECT j.id, j.task_name, j.args->>'newspaper' AS newspaper, j.queue_name, j.status::text,
    j.attempts, j.scheduled_at,
    (SELECT max(e.at) FROM procrastinate_events e
     WHERE e.job_id = j.id AND e.type::text = CASE j.status::text
        WHEN 'doing' THEN 'started' WHEN 'todo' THEN 'deferred' ELSE 'failed' END) AS since
FROM procrastinate_jobs j
WHERE j.status IN ('todo', 'doing', 'failed') AND j.task_name <> 'newscrawl.due' ORDER BY j.id"""

# Runs --------------------------------------------------------------------------------------------
RECORD: Final = """
INSERT INTO newscrawl_runs (newspaper, task, node, put_at, started_at, code, said)
SELECT %(newspaper)s, %(task)s, %(node)s, min(at) FILTER (WHERE type = 'deferred'),
    max(at) FILTER (WHERE type = 'started'), %(code)s, %(said)s
FROM procrastinate_events WHERE job_id = %(job_id)s"""
LAST_RUNS: Final = """
SELECT r.* FROM newscrawl_places p CROSS JOIN (VALUES ('crawl'), ('reparse')) AS t (task)
CROSS JOIN LATERAL (
    SELECT newspaper, task, node, put_at, started_at, ended_at, code, said FROM newscrawl_runs
    WHERE newspaper = p.newspaper AND task = t.task ORDER BY id DESC LIMIT 1) AS r
ORDER BY r.newspaper, r.task"""
FORGET_OLD_RUNS: Final = """
DELETE FROM newscrawl_runs WHERE ended_at < now() - make_interval(days => %(days)s)"""

# Nodes -------------------------------------------------------------------------------------------
NODES: Final = """
SELECT node, host, archive, slots, started_at, seen_at, stopped_at FROM newscrawl_nodes
ORDER BY node"""
SIGN_ON: Final = """
INSERT INTO newscrawl_nodes (node, host, archive, slots, started_at, seen_at)
VALUES (%(node)s, %(host)s, %(archive)s, %(slots)s, now(), now())
ON CONFLICT (node) DO UPDATE SET host = excluded.host, archive = excluded.archive,
    slots = excluded.slots, started_at = now(), seen_at = now(), stopped_at = NULL
WHERE newscrawl_nodes.stopped_at IS NOT NULL
    OR newscrawl_nodes.seen_at < now() - make_interval(secs => %(lost_s)s)
    OR (newscrawl_nodes.host, newscrawl_nodes.archive) = (excluded.host, excluded.archive)
RETURNING node"""
SEEN: Final = "UPDATE newscrawl_nodes SET seen_at = now() WHERE node = %(node)s"
SIGN_OFF: Final = "UPDATE newscrawl_nodes SET stopped_at = now() WHERE node = %(node)s"
NOW: Final = "SELECT now() AS now"


def queue_of(task: str, node: str) -> str:
    """Return the queue of a node for a task: reading again has its own, for it takes all cores.

    >>> queue_of(CRAWL, "n01"), queue_of(REPARSE, "n01")
    ('n01', 'n01:reparse')
    """
    return f"{node}:reparse" if task == REPARSE else node
