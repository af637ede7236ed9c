"""Personalised budgets for women: places, what is asked for, approved, bought and paid."""
