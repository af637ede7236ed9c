"""Enhanced services for young men: mentoring, Building Bridges, Right Track, TIGER, and intensified contact."""
