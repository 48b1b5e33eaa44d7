"""The addresses of the service, one module a noun; each gives a router."""
