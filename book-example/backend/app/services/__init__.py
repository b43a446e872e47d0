"""The rules of the product. A service knows no HTTP and no SQL."""
