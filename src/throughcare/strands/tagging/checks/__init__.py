"""What a day of an order comes to: findings from its positions and its equipment, each reviewed."""
