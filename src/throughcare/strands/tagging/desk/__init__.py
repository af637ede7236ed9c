"""Pages that bring an order together: the list of orders, one order, the section of the record."""
