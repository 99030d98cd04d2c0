"""What outsiders run so that a log cannot show two histories: it cosigns a checkpoint only if it continues the last."""
