"""One person sent to one service: who may do what with a referral, what has happened to it, how it stands."""
