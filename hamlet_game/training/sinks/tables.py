"""The tables of metrics.sqlite. docs/metrics.md says what each number means."""

from __future__ import annotations

VERSION = 1  # of the tables, as `PRAGMA user_version`

SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (            -- one row for each time the run was started
    session INTEGER PRIMARY KEY,
    run TEXT NOT NULL,
    started_at TEXT NOT NULL,                -- ISO 8601, with time zone
    step INTEGER NOT NULL,                   -- at which it began or went on
    seconds REAL NOT NULL,
    levels TEXT NOT NULL,                    -- JSON list of ids
    agents INTEGER NOT NULL,
    config TEXT NOT NULL,                    -- JSON
    ended_step INTEGER,                      -- NULL: still going on, or killed
    ended_seconds REAL,
    reason TEXT                              -- finished, stopped or limit
);
CREATE TABLE IF NOT EXISTS episodes (        -- one row for each training life told of
    episode INTEGER PRIMARY KEY,
    step INTEGER NOT NULL,
    seconds REAL NOT NULL,
    agent_id INTEGER NOT NULL,
    level TEXT NOT NULL,
    town_seed INTEGER NOT NULL,
    survival INTEGER NOT NULL,
    total_reward REAL NOT NULL,
    score REAL NOT NULL,
    cause TEXT,                              -- NULL: it reached the last step
    random_share REAL NOT NULL,
    actions BLOB                             -- one byte an action; NULL: not told
);
CREATE TABLE IF NOT EXISTS metrics (         -- every number, one a row
    metric_name TEXT NOT NULL,
    episode INTEGER NOT NULL,                -- training lives told of when it was measured
    step INTEGER NOT NULL,
    agent_id INTEGER NOT NULL,
    level TEXT NOT NULL,
    seconds REAL NOT NULL,
    value REAL,
    PRIMARY KEY (metric_name, episode, step, agent_id, level)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS evaluations (     -- greedy play in held-out towns
    step INTEGER NOT NULL,
    level TEXT NOT NULL,
    agent_id INTEGER NOT NULL,
    towns INTEGER NOT NULL,
    seconds REAL NOT NULL,
    passed INTEGER NOT NULL,                 -- 1: the level's pass mark
    stars INTEGER NOT NULL,
    measures TEXT NOT NULL,                  -- JSON: survival, return, alive, score, perhaps par
    causes TEXT NOT NULL,                    -- JSON: lives that each meter ended
    survival_quantiles TEXT NOT NULL,        -- JSON list, at 0, 5, 25, 50, 75, 95 and 100 %
    PRIMARY KEY (step, level, agent_id, towns)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS levels (          -- what happened in the curriculum
    id INTEGER PRIMARY KEY,
    step INTEGER NOT NULL,
    seconds REAL NOT NULL,
    level TEXT NOT NULL,
    event TEXT NOT NULL,                     -- started, graduated or fell_back
    episodes INTEGER,                        -- training lives in it so far, if graduated
    to_level TEXT                            -- if it fell back
);
CREATE TABLE IF NOT EXISTS checkpoints (
    id INTEGER PRIMARY KEY,
    step INTEGER NOT NULL,
    seconds REAL NOT NULL,
    file TEXT NOT NULL,
    metric REAL,
    best INTEGER NOT NULL                    -- 1: only brains, one of the best; 0: all
);
"""

# Rows of these are forgotten from a later step on when a run goes on from a checkpoint.
BY_STEP = ("episodes", "metrics", "evaluations", "levels", "checkpoints")
