"""Decides what runs and watches it: schedules, runs, their launchers, the health of it all."""
