"""The co-ordinators' tasks, and what came of a first appointment, in words."""

TASK_WORDS = {
    "notify_manager": "Tell the manager that the person is in prison", "notify_prison": "Tell the prison about the person",
    "flag_on_delius": "Flag the person on Delius", "identify_services": "Find which services fit", "refer": "Refer to a service",
    "case_discussion": "Discuss the case with the manager before release", "refer_to_iom": "Refer to the local IOM team",
    "feed_back_to_panel": "Feed back to the panel",
}  # fmt: skip

OUTCOME_WORDS = {"came": "they came", "did_not_come": "they did not come"}


def task_words(kind: str) -> str:
    """A task by its code; a code that is not listed as it is."""
    return TASK_WORDS.get(kind, kind.replace("_", " ").capitalize())
