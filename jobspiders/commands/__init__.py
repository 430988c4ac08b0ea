"""`scrapy` commands of this project: each parses its arguments and calls one room."""
