"""What is stored: the classes, the session, full-text search and the migrations. Knows nothing of web pages."""
