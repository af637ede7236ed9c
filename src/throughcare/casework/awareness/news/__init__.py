"""What is new: services and figures of the pilot file that changed, groups to come, and what is posted."""
