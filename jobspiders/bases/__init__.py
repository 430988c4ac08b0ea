"""The kinds of board: what boards of one kind share, so that a board's own file holds only its facts."""
