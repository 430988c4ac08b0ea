"""Software that employers rent to publish their jobs: one kind of board per product, any employer on it a tenant."""
