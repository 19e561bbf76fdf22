"""A stand-in for the outside world: WhatsApp with its customers, and a mailbox."""
