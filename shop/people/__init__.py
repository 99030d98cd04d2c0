"""People: who may sign in, what each may do and for which producer or sales point."""
