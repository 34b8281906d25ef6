"""What speakers see and say through their private links: no account, one link for each."""
