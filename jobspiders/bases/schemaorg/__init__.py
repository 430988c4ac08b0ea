"""schema.org `JobPosting`: found in a page, whatever was done to it, and read into the fields of a posting. Pure."""
