"""Our own stand-in of Stripe: a process of its own, for work and tests offline; imports nothing of shop."""
