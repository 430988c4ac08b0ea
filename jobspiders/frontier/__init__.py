"""The queue of requests: which come next, which are in hand, which were seen."""
