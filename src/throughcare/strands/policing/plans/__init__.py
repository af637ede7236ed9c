"""Plans: asked for, researched, written item by item, sent in versions, printed."""
