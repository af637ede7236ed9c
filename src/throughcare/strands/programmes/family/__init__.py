"""Work with the family of somebody referred, with the consent of each of them."""
