"""The Graph API as WhatsApp has it: messages, files, templates, nodes."""
