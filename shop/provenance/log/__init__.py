"""The log nobody can rewrite: signed events in a Merkle tree, published as static files with signed checkpoints."""
