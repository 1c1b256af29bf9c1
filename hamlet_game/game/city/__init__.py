"""The city: a thousand townspeople in one town, run by one brain."""
