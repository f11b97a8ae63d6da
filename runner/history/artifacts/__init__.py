"""What runs have shown, as addresses for who may see the run, and as bytes for who has one."""
