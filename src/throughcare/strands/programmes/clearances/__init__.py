"""Who of the providers is let into which prison: asked for, granted until a day, refused."""
