"""What must hold of jobs and of the files they made."""

from alliances.audit.invariants import hold

hold(
    "job_not_stuck",
    "no job waits or hangs for more than an hour",
    """SELECT alliance_id, 'job ' || id AS row_at_fault, state || ' since ' || created_at AS detail FROM job
        WHERE state IN ('queued', 'running') AND created_at < now() - interval '1 hour'""",
)
hold(
    "job_done_has_its_file",
    "a finished job has its file",
    """SELECT alliance_id, 'job ' || id AS row_at_fault, kind || ' is done without a file' AS detail FROM job
        WHERE state = 'done' AND file_id IS NULL""",
)
