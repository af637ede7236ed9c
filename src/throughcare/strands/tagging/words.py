"""The codes of the strand and their words: kinds of versions and of conditions."""

NEW, VARIATION, REVOKED, ENDED, REINSTALLED = "new", "variation", "revoked", "ended", "reinstalled"
KINDS = {
    NEW: "New order", VARIATION: "Varied", REVOKED: "Revoked", ENDED: "Monitoring ended", REINSTALLED: "Reinstalled",
}  # fmt: skip
CLOSED = (REVOKED, ENDED)
CURFEW, EXCLUSION, INCLUSION, ATTENDANCE = "curfew", "exclusion", "inclusion", "attendance"
CONDITIONS = {
    CURFEW: "Curfew", EXCLUSION: "Exclusion zone", INCLUSION: "Inclusion zone", ATTENDANCE: "Attendance",
}  # fmt: skip
ZONES = (EXCLUSION, INCLUSION)
VICTIM = "victim"
