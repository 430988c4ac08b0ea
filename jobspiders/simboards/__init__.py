"""Replicas of job boards on this machine: invented jobs in the real wire shapes, with faults on demand."""
