"""Sessions: hours that two practitioners offer in eight boroughs, booked, missed and booked again."""
