"""What is done in the background: extracts that were sent are loaded, owners of late feeds are told. docs/adr/0014."""
