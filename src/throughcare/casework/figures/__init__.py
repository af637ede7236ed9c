"""Figures of months as they were told on earlier days: how far a month moves once its last returns are in."""
