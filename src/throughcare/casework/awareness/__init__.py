"""How people come to know the pilot: training, meetings of the partners, what is new, a guide to each role."""
