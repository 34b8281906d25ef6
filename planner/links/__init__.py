"""Private links of speakers, which open their page or their calendar to whoever has them."""
