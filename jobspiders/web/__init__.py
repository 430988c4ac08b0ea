"""The control plane over HTTP: the API, the metrics and the live page; it decides nothing, the desk does."""
