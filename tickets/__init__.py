"""Will hold the work on a case: Ticket, Status, Category, forms, escalation, merge."""
