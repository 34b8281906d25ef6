"""Sessions: the items of a plan, their texts and who takes part in them."""
