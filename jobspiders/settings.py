"""Scrapy's settings, where they differ from its defaults, each with its reason. A board's rate is in its own file."""

import sys

from jobspiders import __version__, config
from jobspiders.errors import BadConfig

try:
    _config = config.read()
except BadConfig as error:  # every command begins here: one line, not a traceback
    raise SystemExit(f"jobspiders: {error}") from None

BOT_NAME = "jobspiders"
SPIDER_MODULES = ["jobspiders.spiders"]
NEWSPIDER_MODULE = "jobspiders.spiders"
COMMANDS_MODULE = "jobspiders.commands"

# Who we are, said openly; boards can write to CONTACT.
USER_AGENT = f"jobspiders/{__version__}" + (f" (+{_config.contact})" if _config.contact else "")
ROBOTSTXT_OBEY = True  # the operator may decide otherwise, and then it is the operator's decision

# A board's declared delay is a promise: no jitter below it; AutoThrottle may only slow down further.
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0
DOWNLOAD_TIMEOUT = 60  # default 180: boards answer within seconds or not at all
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024  # default 1 GiB: a listing is at most a few MB

# Scrapy starts this many tasks for each response; 100, the default, costs a third of the CPU of a crawl
# (scrapy/scrapy#5182).
CONCURRENT_ITEMS = 8

SCHEDULER = "jobspiders.frontier.scheduler.Frontier"
REDIS_URL, REDIS_PREFIX = _config.redis_url, _config.redis_prefix
SPIDER_MIDDLEWARES = {
    "jobspiders.frontier.flow.Flow": 10,  # nearest to the engine: what passes it is enqueued
    "jobspiders.crawl.seeds.Seeds": 50,
    "jobspiders.crawl.known.SkipKnown": 100,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "jobspiders.crawl.robots.Robots": 100,  # in its place
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "jobspiders.crawl.retry.Retry": 550,  # in its place
    "jobspiders.frontier.verdicts.Verdicts": 10,  # sees only what was not tried again
    "jobspiders.crawl.throttle.Throttle": 990,  # the last gate before the downloader
}
ITEM_PIPELINES = {
    "jobspiders.pipelines.Normalise": 100,
    "jobspiders.pipelines.Validate": 200,
    "jobspiders.pipelines.Store": 300,
}
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "jobspiders.crawl.throttle.AutoThrottle": 0,  # the same, for all workers together
    "jobspiders.crawl.freeze.Freeze": 0,
    "jobspiders.crawl.runlog.RunLog": 0,
    "jobspiders.crawl.progress.Progress": 0,
    "jobspiders.crawl.burials.Burials": 0,
}
DATABASE_URL = _config.database_url

# A transient error is tried again after 2, 4, 8 ... seconds, at most 300. Five walls in a row hold the board's requests
# back for a minute, then for two, then for four; another wall after that ends the run as blocked.
RETRY_TIMES, RETRY_BACKOFF, RETRY_LONGEST = 3, 2.0, 300.0
BREAKER_WALLS, BREAKER_PAUSE, BREAKER_OPENINGS = 5, 60.0, 3

# For boards whose pages need a browser (`bases/rendered.py` turns it on for them alone).
CHROMIUM_PATH = _config.chromium_path
MAX_BROWSER_INSTANCES = _config.max_browser_instances

# On a terminal the progress line tells what INFO would.
LOG_LEVEL = _config.log_level or ("WARNING" if sys.stderr.isatty() else "INFO")
LOG_SHORT_NAMES = True
LOG_LINES = _config.log_format
ADDONS = {"jobspiders.logs.Logs": 0}  # writes them, as JSON off a terminal, and hides what is secret
LOGSTATS_INTERVAL = 0  # the progress line says it

# Both listen for code to run in this process: Scrapy 2.19's remote control by default.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

FEED_EXPORT_ENCODING = "utf-8"
