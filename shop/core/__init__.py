"""What every concept stands on: the database and its one transaction, money, time, text, refusals, the outbox."""
