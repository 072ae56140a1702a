"""The simple plan of the training mission, ready to be played in many futures."""

from __future__ import annotations

from pathlib import Path

import drawdown
from drawdown.files import read_mission
from drawdown.planner.construction.simple import plan_simply
from drawdown.stress.compile import compile_script
from drawdown.stress.job import Job
from drawdown.stress.play import play, prepare
from drawdown.stress.script import ALL_CHANCE
from drawdown.stress.summary import Frame


def tiny_script():
    mission = read_mission(Path(drawdown.__file__).parent / "missions" / "tiny").mission
    return compile_script(mission, plan_simply(mission).plan)


def tiny_job(script, *, futures=23, batch=5):
    """The job of `run_ensemble`, in smaller batches."""
    return Job(play, prepare(script), 7, int(ALL_CHANCE), Frame.of(script), futures, batch)
