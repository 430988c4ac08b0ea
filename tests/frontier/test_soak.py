"""A long crawl under constant faults, drawn by a seed. Not run by default:

FRONTIER_SEEDS=1,2,3 pytest tests/frontier/test_soak.py -m slow -s
"""

from __future__ import annotations

import json
import os
import random
import signal
import time

import pytest
from proxy import line_to
from servers import valkey

SEEDS = [int(seed) for seed in os.environ.get("FRONTIER_SEEDS", "1").split(",")]
PAGES = int(os.environ.get("FRONTIER_PAGES", "15000"))
SECONDS = float(os.environ.get("FRONTIER_SECONDS", "90"))
WORKERS = 3


class Storm:
    """Faults on a fleet, one after the other; workers that ended are replaced."""

    def __init__(self, tiny, server, line, seed: int) -> None:
        self.tiny, self.server, self.line = tiny, server, line
        self.chance = random.Random(seed)
        self.struck: dict[str, int] = {}
        self.options = {"redis_url": f"redis://127.0.0.1:{line.port}/0", "pause": 0.02}
        self.options["settings"] = {
            "RUN_ID": "storm",
            "FRONTIER_LEASE": 2,
            "LOG_LEVEL": "WARNING",
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        }
        self.alive = [self.tiny.start(**self.options) for _ in range(WORKERS)]

    def blow(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and len(self.tiny.rows()) < len(self.tiny.board.pages):
            time.sleep(self.chance.uniform(1, 5))
            fault = self.chance.choice([self.kill, self.kill, self.stop, self.terminate_twice, self.restart, self.cut])
            self.struck[fault.__name__] = self.struck.get(fault.__name__, 0) + 1
            fault()
            self.replace()

    def replace(self) -> None:
        for place, crawl in enumerate(self.alive):
            if not crawl.alive:
                crawl.result()
                self.alive[place] = self.tiny.start(**self.options)

    def kill(self) -> None:
        victim = self.chance.choice(self.alive)
        victim.signal(signal.SIGKILL)
        victim.process.wait()

    def stop(self) -> None:
        victim = self.chance.choice(self.alive)
        victim.signal(signal.SIGSTOP)
        time.sleep(4)
        victim.signal(signal.SIGCONT)

    def terminate_twice(self) -> None:
        victim = self.chance.choice(self.alive)
        victim.signal(signal.SIGTERM)
        time.sleep(0.2)
        victim.signal(signal.SIGTERM)
        victim.process.wait()

    def restart(self) -> None:
        self.server.kill()
        time.sleep(self.chance.uniform(0, 3))
        self.server.start()

    def cut(self) -> None:
        self.line.cut(deaf=self.chance.random() < 0.5)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_in_a_storm(fleet, seed):
    with valkey("--appendonly", "yes") as server, line_to(server.port) as line:
        tiny = fleet(PAGES - PAGES // 21, 0.05, server.url)
        storm = Storm(tiny, server, line, seed)
        began = time.monotonic()
        storm.blow(SECONDS)
        reasons = [crawl.result(300).get("finish_reason") for crawl in storm.alive]
        state, fetched = tiny.state(), tiny.fetched()
        figures = {
            "seed": seed, "faults": storm.struck, "pages": len(tiny.board.pages), "lost": len(tiny.lost()),
            "stored_again": sum(tiny.rows().values()) - len(tiny.rows()), "dead_letters": state.dead,
            "fetched_again": sum(fetched.values()) - len(fetched), "seconds": round(time.monotonic() - began, 1),
        }  # fmt: skip
        print(json.dumps(figures))
        assert tiny.lost() == set()
        assert state.dead == 0
        assert (state.run.state, state.run.counts.remaining) == ("ended", 0)
        assert "redis_state_lost" not in reasons
