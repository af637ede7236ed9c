"""Settings: joins the parts, never decides."""
