"""Will hold what the company knows: Category, Article."""
