"""WhatsApp Business Cloud API (Graph)."""
