"""Where a trial puts things, on servers that are somebody else's: only what is its own, and nothing stays."""

import psycopg
import pytest
from redis import Redis
from servers import valkey
from sqlalchemy import inspect

from jobspiders.chaos import plan
from jobspiders.chaos.places import queue_place, store_place
from jobspiders.chaos.storm import Storm
from jobspiders.errors import BadConfig, FrontierAway
from jobspiders.store.db import connect


@pytest.fixture(scope="module")
def server():
    """A Redis that wants a password."""
    with valkey("--requirepass", "5ec4e7") as server:
        yield server


def test_keys_of_its_own_are_gone_and_all_others_stay(server, tmp_path):
    url = f"redis://:5ec4e7@127.0.0.1:{server.port}/0"
    with Redis.from_url(url) as client:
        client.set("mine", 1)
        with queue_place(url, tmp_path, "t0") as place:
            assert f":5ec4e7@127.0.0.1:{place.line.port}" in place.url
            with Redis.from_url(place.url) as led:
                for number in range(2500):
                    led.set(f"{place.prefix}{number}", 1)
            assert client.dbsize() == 2501
            assert place.ask(lambda asked: asked.dbsize()) == 2501
            assert place.server is None
            assert "5ec4e7" not in place.words
        assert client.keys() == [b"mine"]


def test_keys_are_gone_when_the_trial_goes_wrong(server, tmp_path):
    url = f"redis://:5ec4e7@127.0.0.1:{server.port}/1"
    with Redis.from_url(url) as client:
        with pytest.raises(KeyboardInterrupt):
            _interrupted(url, tmp_path, client)
        assert client.keys() == []


def _interrupted(url, folder, client):
    with queue_place(url, folder, "t1") as place:
        client.set(f"{place.prefix}x", 1)
        raise KeyboardInterrupt


def test_a_line_that_cannot_be_led_elsewhere_is_not_cut(tmp_path):
    with (
        valkey("--unixsocket", "redis.sock", "--unixsocketperm", "777") as server,
        queue_place(f"unix://{server.folder}/redis.sock", tmp_path, "t2") as place,
        store_place(None, tmp_path, "t2") as store,
    ):
        assert place.line is None
        assert "not cut off" in place.words
        assert Storm(None, place, store, print).kinds() == plan.WORKERS


def test_a_server_of_its_own_can_be_killed_and_keeps_what_it_had(tmp_path):
    with queue_place(None, tmp_path, "t3") as place, Redis.from_url(place.url) as client:
        client.set("a", 1)
        place.server.kill()
        with pytest.raises(FrontierAway):
            place.ask(lambda asked: asked.get("a"))
        place.server.start()
        assert place.ask(lambda asked: asked.get("a")) == b"1"


def test_tables_are_in_a_schema_of_its_own_which_is_dropped(postgres_url, tmp_path):
    with store_place(postgres_url, tmp_path, "t4") as place:
        engine = connect(place.url)
        assert "jobs" in inspect(engine).get_table_names(schema="jobspiders_chaos_t4")
        engine.dispose()
        with psycopg.connect(postgres_url) as connection:
            connection.execute("DELETE FROM jobspiders_chaos_t4.jobs")
    with psycopg.connect(postgres_url) as connection:
        (count,) = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE '%chaos%'").fetchone()
    assert count == 0


def test_without_a_url_it_is_a_file_in_the_trials_folder(tmp_path):
    with store_place(None, tmp_path, "t5") as place:
        connect(place.url).dispose()
        assert place.line is None
    assert (tmp_path / "jobs.db").exists()


@pytest.mark.parametrize(("url", "says"), [("mysql://h/x", "is for PostgreSQL"), ("x", "is no URL")])
def test_other_databases_are_refused(tmp_path, url, says):
    with pytest.raises(BadConfig, match=says), store_place(url, tmp_path, "t6"):
        pass
