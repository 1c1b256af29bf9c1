"""The report's page: one HTML file with its pictures inside and nothing from elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from hamlet_game import paths
from hamlet_game.town.level import Level
from hamlet_game.training.evaluation import Result
from hamlet_game.training.figure_style import ACCENT, INK, PAPER, QUIET, RULE
from hamlet_game.training.history import History
from hamlet_game.training.players import Player
from hamlet_game.training.sinks.status import clock
from hamlet_game.training.study import Study

_ENDS = {"finished": "finished", "stopped": "stopped by hand", "limit": "stopped at its limit"}

_STYLE = f"""
:root {{ color-scheme: light; }}
body {{ margin: 0; background: {PAPER}; color: {INK};
  font: 17px/1.55 ui-rounded, "Segoe UI", system-ui, sans-serif; }}
main {{ max-width: 60rem; margin: 0 auto; padding: 3rem 1.5rem 5rem; }}
h1, h2 {{ font-family: "Hamlet Display", ui-rounded, sans-serif; font-weight: 600; }}
h1 {{ font-size: 2.3rem; line-height: 1.15; margin: 0 0 .4rem; letter-spacing: -.01em; }}
h2 {{ font-size: 1.35rem; margin: 3.2rem 0 .3rem; }}
p {{ max-width: 44rem; margin: .3rem 0 1rem; }}
.lead, figcaption, footer {{ color: {QUIET}; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; margin: 1.4rem 0 0; font-size: .95rem;
  font-variant-numeric: tabular-nums; }}
th, td {{ text-align: right; padding: .5rem .7rem; border-bottom: 1px solid {RULE};
  white-space: nowrap; }}
th {{ color: {QUIET}; font-weight: 500; }}
th:first-child, td:first-child {{ text-align: left; padding-left: 0; font-weight: 600; }}
.stars {{ color: {ACCENT}; letter-spacing: .1em; }}
figure {{ margin: 0; }}
img {{ display: block; width: 100%; height: auto; }}
footer {{ margin-top: 4rem; border-top: 1px solid {RULE}; padding-top: 1rem; font-size: .88rem; }}
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with what is written over and under it."""

    file: str  # name
    title: str
    says: str
    png: bytes


def page(
    name: str,
    history: History,
    player: Player,
    results: Sequence[tuple[Study, Result]],
    pictures: Sequence[Picture],
) -> str:
    """Return the whole page."""
    figures = "\n".join(_figure(picture) for picture in pictures)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(name)}: a run of Hamlet</title>
<style>{_font()}{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(name)}</h1>
<p class="lead">{escape(_lead(history, player))}</p>
{_table(history, results)}
{figures}
<footer>{escape(_foot(player, results))}</footer>
</main>
</body>
</html>
"""


def _lead(history: History, player: Player) -> str:
    agents = "one agent" if history.agents == 1 else f"{history.agents} agents"
    algorithm = str(player.config.algorithm["name"]).upper() if player.config else "an agent"
    seed = f", seed {player.config.seed}" if player.config else ""
    end = _ENDS.get(history.reason or "", "still going on, or cut off")
    return (
        f"{algorithm}, {agents}{seed}. Trained for {clock(history.seconds)}, "
        f"{history.step:,} steps, {history.episodes:,} lives; {end}."
    )


def _font() -> str:
    """Return the font of headings, as part of the page."""
    data = base64.b64encode((paths.assets() / "fonts" / "hamlet-display-600.ttf").read_bytes())
    source = f"url(data:font/ttf;base64,{data.decode()})"
    return f'@font-face {{ font-family: "Hamlet Display"; src: {source}; }}'


def _table(history: History, results: Sequence[tuple[Study, Result]]) -> str:
    graduated = {level.level: level.graduated for level in history.levels}
    heads = [
        "Level", "Graduated", "Steps lived", "Alive at the end", "Return", "Score", "Par", "Stars",
    ]  # fmt: skip
    rows = [_row(study.level, result, graduated.get(study.level.id)) for study, result in results]
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    return f'<div class="scroll"><table><tr>{head}</tr>\n{chr(10).join(rows)}\n</table></div>'


def _row(level: Level, result: Result, graduated: float | None) -> str:
    m = result.measures
    cells = (
        level.name,
        "—" if graduated is None else clock(graduated),
        f"{m['survival']:.0f} of {level.steps}",
        f"{100 * m['alive']:.1f} %",
        f"{m['return']:.1f}",
        f"{m['score']:.0f}",
        f"{100 * m['par']:.0f} %" if "par" in m else "—",
    )
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr>{told}<td class="stars">{"★" * result.stars or "—"}</td></tr>'


def _figure(picture: Picture) -> str:
    data = base64.b64encode(picture.png).decode()
    return (
        f"<h2>{escape(picture.title)}</h2>\n<figure>\n"
        f"<figcaption><p>{escape(picture.says)}</p></figcaption>\n"
        f'<img alt="{escape(picture.title)}" src="data:image/png;base64,{data}">\n</figure>'
    )


def _foot(player: Player, results: Sequence[tuple[Study, Result]]) -> str:
    step = player.about.get("step")
    chosen = f" as it was at step {step:,}" if isinstance(step, int) else ""
    return (
        f"The table: greedy play of the run's best policy{chosen}, one life in each of "
        f"{results[0][1].towns:,} towns. Score runs to 1,000. Par is the share of what a planner "
        "that knows the rules scores on average in a few of those towns, where a star asks for it."
    )
