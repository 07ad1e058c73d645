"""Forms: what is published, what an author brings and tries before it is in force, what a version changed."""
