"""What came to rest on a suggestion or a tasking: release, resettlement and sentence plans."""
