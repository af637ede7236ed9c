"""How smoothly the map of tracks moves, in Chromium: 20,000 fixes beside 200, in the same browser.

    python benchmarks/track_map.py [--fixes 20000] [--few 200] [--frames 240] [--rounds 3]

The page is the service's own script, style and map on a static page with a seeded track; no server and no store. The map is
moved and its scale changed a little before every frame; what is measured is the time from frame to frame. Prints one JSON
object: frames a second with many and with few, their ratio, the slowest twentieth, and the milliseconds that painting anew
takes. Needs Debian's chromium.
"""

import argparse
import json
import shutil
import tempfile
from html import escape
from pathlib import Path
from random import Random
from statistics import median

STATIC = Path(__file__).resolve().parents[1] / "src" / "throughcare"
FILES = (
    "design/static/pictures/ol.js", "design/static/pictures/ol.css", "strands/tagging/static/tagging/track.js",
    "strands/tagging/static/tagging/track.css", "design/static/throughcare/map.css",
)  # fmt: skip
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Track</title>{styles}
<style>.tc-map {{ width: 1200px; height: 700px; }}</style><script src="ol.js"></script></head><body>
<section class="tc-track" data-track data-numbers="{numbers}"><div class="tc-map" data-map hidden></div>
<div class="tc-player"><button data-play>Play</button><span data-of></span><input type="range" data-at><p data-said></p></div>
</section>
<script type="module" src="track.js"></script></body></html>"""
MOVE = """async (frames) => {
  const view = document.querySelector("[data-track]").drawn.map.getView(), resolution = view.getResolution();
  const centre = view.getCenter(), took = [];
  let before = performance.now();
  for (let i = 0; i < frames; i += 1) {
    view.setCenter([centre[0] + Math.sin(i / 20) * resolution * 200, centre[1] + Math.cos(i / 20) * resolution * 200]);
    view.setResolution(resolution * (1 + 0.5 * Math.sin(i / 40)));
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    took.push(now - before);
    before = now;
  }
  return took.slice(10);
}"""


def track(fixes: int) -> str:
    """A walk about London, a fix a minute, precise to 10 to 60 metres, with a gap now and then, as the page gives it."""
    random, east, north, at = Random(1), -60_000, 51_550_000, 0
    told: dict[str, list[int]] = {name: [] for name in ("t", "x", "y", "p", "d", "ok")}
    gaps = []
    for number in range(fixes):
        east, north = east + random.randint(-2500, 2500), north + random.randint(-1500, 1500)
        for name, value in (("t", at), ("x", east), ("y", north), ("p", random.randint(10, 60)), ("d", number % 360), ("ok", 1)):
            told[name].append(value)
        if number % 500 == 499:
            gaps.append([at, at + 1800])
            at += 1800
        at += 60
    one = {"person": 0, **told, "gaps": gaps, "stops": []}
    whole = {"start": 1_490_140_800, "length": at, "people": [{"letter": "A", "colour": 0, "name": "Somebody"}], "tracks": [one],
             "zones": [], "crimes": []}  # fmt: skip
    return json.dumps(whole, separators=(",", ":"))


def measured(folder: Path, numbers: dict[str, str], frames: int, rounds: int) -> dict[str, dict[str, list[float]]]:
    """By page, the milliseconds of its frames and of painting one, each round in turn."""
    from playwright.sync_api import sync_playwright

    found: dict[str, dict[str, list[float]]] = {name: {"frames": [], "paint": []} for name in numbers}
    with sync_playwright() as player:
        opened = player.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        for _ in range(rounds):
            for name in numbers:
                page = opened.new_page(viewport={"width": 1280, "height": 900})
                page.goto((folder / f"{name}.html").as_uri())
                page.wait_for_selector("[data-drawn]", timeout=60_000)
                found[name]["frames"] += page.evaluate(MOVE, frames)
                found[name]["paint"].append(float(page.get_attribute("[data-track]", "data-paint-ms") or 0))
                page.close()
        opened.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("fixes", 20_000), ("few", 200), ("frames", 240), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    numbers = {"many": track(asked.fixes), "few": track(asked.few)}
    with tempfile.TemporaryDirectory() as told:
        folder = Path(told)
        for file in FILES:
            shutil.copy(STATIC / file, folder / Path(file).name)
        styles = "".join(f'<link rel="stylesheet" href="{name}">' for name in ("ol.css", "map.css", "track.css"))
        for name, track_of in numbers.items():
            (folder / f"{name}.html").write_text(PAGE.format(styles=styles, numbers=escape(track_of)), encoding="utf-8")
        found = measured(folder, numbers, asked.frames, asked.rounds)
    a_second = {name: 1000 / median(each["frames"]) for name, each in found.items()}
    slow = sorted(found["many"]["frames"])[int(len(found["many"]["frames"]) * 0.95)]
    print(json.dumps({
        "fixes": asked.fixes, "few": asked.few, "frames_a_second": round(a_second["many"], 1),
        "frames_a_second_few": round(a_second["few"], 1), "ratio": round(a_second["few"] / a_second["many"], 2),
        "slowest_twentieth_ms": round(slow, 1), "paint_ms": round(median(found["many"]["paint"]), 2),
        "paint_ms_few": round(median(found["few"]["paint"]), 2),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
