"""What pages are made of: values that the component templates draw, and the engines behind lists and forms."""
