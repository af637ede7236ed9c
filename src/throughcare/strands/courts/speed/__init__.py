"""Speed through the system: from the offence to the sentence, against people's own earlier cases."""
