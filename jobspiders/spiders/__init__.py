"""One file per board, nothing else."""
