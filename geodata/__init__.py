"""What is true: facts with their sources, places, borders and memberships. Knows no screen."""
