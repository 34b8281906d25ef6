"""The translation desk: what is to be translated, each text beside its original."""
