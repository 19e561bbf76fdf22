"""What files are, and the pictures that we make of them."""
