"""Inside one Scrapy process: what is skipped, how far it is, how it ended."""
