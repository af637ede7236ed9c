"""The contacts expected of each person after release: kept, missed, excused or to come; who is slipping."""
